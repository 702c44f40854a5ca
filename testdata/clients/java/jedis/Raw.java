package shop.raw;

import static redis.clients.jedis.Protocol.Command.BLPOP;
import static redis.clients.jedis.json.JsonProtocol.JsonCommand.GET;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.search.SearchProtocol;
import redis.clients.jedis.search.SearchProtocol.SearchCommand;

class Raw {
    private final Jedis jedis = new Jedis("localhost");

    Object document(String key) {
        return jedis.sendCommand(GET, key); // want JSON.GET
    }

    void create(UnifiedJedis client) {
        client.sendCommand(SearchCommand.CREATE, "idx"); // want FT.CREATE
        client.sendCommand("idx", SearchProtocol.SearchCommand.INFO, "idx"); // want FT.INFO
        client.sendCommand("idx", SearchCommand.SOMETHING_NEW, "idx"); // want FT.*, FT.*
    }

    void core(UnifiedJedis client, String key) {
        jedis.sendCommand(Protocol.Command.GET, key);
        jedis.sendCommand(BLPOP, key, "0");
        client.sendCommand(key, Protocol.Command.OBJECT, "ENCODING", key);
    }

    void any(ProtocolCommand command) {
        jedis.sendCommand(command, "k"); // want ?
    }
}
