package shop.names;

import static shop.names.Words.*;
import static shop.names.Words.Filters.EXISTS;

import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.commands.ProtocolCommand;

/** Names that static imports bring, and fields called as the methods that give them. */
class Sending {
    private final UnifiedJedis client;

    Sending(UnifiedJedis client) {
        this.client = client;
    }

    UnifiedJedis client() {
        return client;
    }

    void send(Jedis jedis, Session session) {
        jedis.sendCommand(() -> ADD.getBytes(), "k"); // want TS.ADD
        jedis.sendCommand(word(EXISTS), "k"); // want BF.EXISTS
        client().vcard("k"); // want VCARD
        session.store().vcard("k"); // want VCARD
    }

    void later(Sending other) {
        other.client.vcard("k"); // want VCARD
        new Thread(new Runnable() {
            @Override
            public void run() {
                Sending.this.client.vcard("k"); // want VCARD
            }
        }).start();
    }

    void drop(List<String> keys) {
        keys.forEach(client::jsonDel); // want JSON.DEL
        keys.forEach(this.client::vcard); // want VCARD
        keys.forEach(client::get);
    }

    private static ProtocolCommand word(String name) {
        return () -> name.getBytes();
    }
}
