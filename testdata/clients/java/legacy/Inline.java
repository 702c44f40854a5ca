package shop.legacy;

import io.rebloom.client.Client;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class Inline {
    private final Map<String, Client> clients = new HashMap<>();

    void sample(double v) {
        new com.redislabs.redistimeseries.RedisTimeSeries("localhost", 6379).add("temperature", v); // want TS.ADD
    }

    void shards(List<Client> shards) {
        shards.add(new Client("localhost", 6379));
        shards.get(0).add("seen", "x"); // want BF.ADD
        clients.get("a").exists("seen", "x"); // want BF.EXISTS
    }
}
