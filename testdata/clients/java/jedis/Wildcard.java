package shop.wildcard;

import redis.clients.jedis.*;
import redis.clients.jedis.search.*;

class Wildcard {
    UnifiedJedis old() {
        JedisClientConfig config = DefaultJedisClientConfig.builder()
            .protocol(RedisProtocol.RESP2) // want resp2-pinned
            .build();
        return new UnifiedJedis(new HostAndPort("localhost", 6379), config);
    }

    void info() {
        old().sendCommand(Protocol.Command.INFO, "server");
        old().sendCommand(SearchProtocol.SearchCommand.INFO, "idx"); // want FT.INFO
    }
}
