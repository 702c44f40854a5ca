package shop.cache;

import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;

class CoreKeywords {
    private final RedisCommands<String, String> commands;

    CoreKeywords(RedisCommands<String, String> commands) {
        this.commands = commands;
    }

    // A keyword that carries a command which every server has is no riddle.
    boolean hasSearch() {
        ProtocolKeyword modules = new ProtocolKeyword() {
            @Override
            public byte[] getBytes() {
                return "MODULE".getBytes();
            }
        };
        return commands.dispatch(modules, new ArrayOutput<>(StringCodec.UTF8), new CommandArgs<>(StringCodec.UTF8).add("LIST"))
                .toString().contains("search");
    }

    void synonyms(String index) {
        ProtocolKeyword dump = new ProtocolKeyword() {
            @Override
            public byte[] getBytes() {
                return "FT.SYNDUMP".getBytes();
            }
        };
        commands.dispatch(dump, new ArrayOutput<>(StringCodec.UTF8), new CommandArgs<>(StringCodec.UTF8).add(index)); // want FT.SYNDUMP
    }
}
