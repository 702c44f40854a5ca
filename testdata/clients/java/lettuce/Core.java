import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.api.sync.RedisVectorSetCommands;

/** Commands of the core that came after the fork. */
class Core {
  void commands(RedisVectorSetCommands<String, String> vectors) {
    RedisCommands<String, String> redis = RedisClient.create("redis://localhost").connect().sync();
    redis.hexpire("h", 60, "f");
    redis.bitopDiff("to", "a", "b"); // want unsupported-option
    vectors.vadd("v", "a", 0.1); // want VADD
  }
}
