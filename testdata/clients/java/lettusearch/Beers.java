package shop.beer;

import com.redislabs.lettusearch.RediSearchClient;
import com.redislabs.lettusearch.RediSearchCommands;
import com.redislabs.lettusearch.StatefulRediSearchConnection;
import org.apache.commons.pool2.impl.GenericObjectPool;

class Beers {
    private final RediSearchClient client = RediSearchClient.create("redis://localhost");
    private GenericObjectPool<StatefulRediSearchConnection<String, String>> pool;

    void index() {
        RediSearchCommands<String, String> commands = client.connect().sync();
        commands.create("beers"); // want FT.CREATE
        commands.get("beer:1");
    }

    Object find(String q) throws Exception {
        try (StatefulRediSearchConnection<String, String> connection = pool.borrowObject()) {
            return connection.async().search("beers", q); // want FT.SEARCH
        }
    }
}
