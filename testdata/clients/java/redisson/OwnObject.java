import java.util.ArrayList;
import java.util.List;
import org.redisson.Redisson;
import org.redisson.RedissonObject;
import org.redisson.api.RFuture;
import org.redisson.client.codec.Codec;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.client.protocol.convertor.BooleanReplayConvertor;
import org.redisson.command.CommandAsyncExecutor;

/** Objects of one's own, made in the way that Redisson makes its. */
class OwnObject extends RedissonObject {
  static final RedisCommand<Boolean> RESERVE = new RedisCommand<>("BF.RESERVE", new BooleanReplayConvertor());

  OwnObject(Codec codec, CommandAsyncExecutor executor, String name) {
    super(codec, executor, name);
  }

  RFuture<Boolean> reserve(double rate, long capacity) {
    return commandExecutor.writeAsync(getName(), codec, RESERVE, getName(), rate, capacity); // want BF.RESERVE
  }

  RFuture<Boolean> touch() {
    return commandExecutor.writeAsync(getName(), codec, RedisCommands.TOUCH, getName());
  }
}

class Series {
  private static final RedisCommand<Long> ADD = new RedisCommand<>("TS.ADD");
  private final CommandAsyncExecutor executor;

  Series(Redisson redisson) {
    this.executor = redisson.getCommandExecutor();
  }

  RFuture<Long> add(String key, double value) {
    List<Object> args = new ArrayList<>();
    args.add(key);
    args.add("*");
    args.add(value);
    return executor.writeAsync(key, StringCodec.INSTANCE, ADD, args.toArray()); // want TS.ADD
  }
}
