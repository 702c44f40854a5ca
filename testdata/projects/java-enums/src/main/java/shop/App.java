package shop;

import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.util.SafeEncoder;

class App {
    private UnifiedJedis jedis;

    void known() {
        jedis.sendCommand(Verb.SEARCH, "idx", "*"); // want FT.SEARCH
        jedis.sendCommand(Doc.READ, "k"); // want JSON.GET
        jedis.sendCommand(Doc.PLAIN, "k");
        jedis.sendCommand(() -> SafeEncoder.encode("TS.ADD"), "k"); // want TS.ADD
        jedis.sendCommand(new ProtocolCommand() { // want BF.ADD
            @Override
            public byte[] getRaw() {
                return SafeEncoder.encode("BF.ADD");
            }
        }, "k");
    }

    void inFull() {
        jedis.sendCommand(other.words.Word.ALTER, "idx"); // want FT.ALTER
    }

    void any(String name) {
        ProtocolCommand c = Doc.valueOf(name);
        jedis.sendCommand(c, "k"); // want JSON.GET, JSON.SET
    }

    void passed() {
        send(Verb.TAGVALS, "idx"); // want FT.TAGVALS
        send(Doc.WRITE, "k"); // want JSON.SET
        send(Doc.PLAIN, "k");
    }

    private Object send(ProtocolCommand c, String... args) {
        try (Jedis one = new Jedis()) {
            return one.sendCommand(c, args);
        }
    }

    void lettuce(RedisCommands<String, String> commands) {
        commands.dispatch(Core.SET, new StatusOutput<>(null));
        commands.getStatefulConnection().dispatch(new Command<>(CommandType.SET, null));
        commands.getStatefulConnection().dispatch(new Command<>(Core.OBJECT, null));
    }
}
