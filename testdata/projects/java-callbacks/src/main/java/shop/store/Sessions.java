package shop.store;

import java.util.function.Consumer;
import java.util.function.Function;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.UnifiedJedis;

public class Sessions {
    /** What is done with a connection. */
    public interface Work<C, R> {
        R on(C connection);

        default String title() {
            return "work";
        }
    }

    private final JedisPooled pool = new JedisPooled();

    public <R> R with(Function<UnifiedJedis, R> work) {
        return work.apply(pool);
    }

    public <R> R doing(Work<UnifiedJedis, R> work) {
        return work.on(pool);
    }

    public void raw(Consumer consumer) {
        consumer.accept(pool);
    }

    static final Function<UnifiedJedis, String> LIST = j -> j.ftList().toString(); // want FT._LIST

    public Consumer<UnifiedJedis> dropper(String index) {
        return j -> j.ftDropIndex(index); // want FT.DROPINDEX
    }
}
