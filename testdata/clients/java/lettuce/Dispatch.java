package shop.lettuce;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.*;

class Dispatch {
    void run(RedisCommands<String, String> commands, CommandArgs<String, String> args) {
        commands.dispatch(CommandType.FT_INFO, null, args); // want FT.INFO
        commands.dispatch(CommandType.GET, null, args);
    }

    void send(StatefulRedisConnection<String, String> connection) {
        Command<String, String, String> command = new Command<>(CommandType.FT_SEARCH, null);
        connection.dispatch(command); // want FT.SEARCH
    }
}
