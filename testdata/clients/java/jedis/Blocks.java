package shop.jedis;

import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPooled;

/** Names that blocks of a method declare anew. */
class Blocks {
    interface Deck {
        void vcard(String name);

        void ftDropIndex(String name);
    }

    void run(Jedis jedis, boolean add, List<JedisPooled> pools, List<Deck> decks) {
        if (add) {
            String word = "BF.ADD";
            jedis.sendCommand(() -> word.getBytes(), "seen"); // want BF.ADD
        } else {
            String word = "BF.EXISTS";
            jedis.sendCommand(() -> word.getBytes(), "seen"); // want BF.EXISTS
        }
        for (JedisPooled each : pools) {
            each.vcard("points"); // want VCARD
        }
        for (Deck each : decks) {
            each.vcard("ace");
            each.ftDropIndex("ace");
        }
    }
}
