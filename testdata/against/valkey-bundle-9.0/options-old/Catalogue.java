package shop;

import io.redisearch.Query;
import io.redisearch.Schema;
import io.redisearch.client.Client;

class Catalogue {
    void find(Client client) {
        Schema schema = new Schema()
            .addNumericField("price")
            .addTextField("name", 1.0); // want unsupported-option
        client.createIndex(schema, Client.IndexOptions.defaultOptions());
        client.search(new Query("shoe").limit(0, 10)
            .setWithScores()); // want unsupported-option
    }
}
