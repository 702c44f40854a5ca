package shop;

import java.util.List;
import redis.clients.jedis.JedisPooled;

/** Articles of a shop. */
class Articles {
    record Line(int amount, int cents) {}

    private final JedisPooled store = new JedisPooled("store", 6379);

    // each
    /** An article, if the sum of its lines is not negative. */
    Object articleNUMBER(String key, List<Line> lines) {
        int total = 0;
        for (Line line : lines) {
            if (line.amount() < 0) {
                throw new IllegalArgumentException("a line gives back more than was bought");
            }
            total += line.amount() * line.cents();
        }
        return total < 0 ? null : store.jsonGet("article:" + key + ":NUMBER");
    }

    // end
}
