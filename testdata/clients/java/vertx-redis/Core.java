package shop;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisAPI;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.ValkeyAPI;
import java.util.List;

/** Commands of the core that came after the fork. What the newest Valkey serves is no finding. */
class Core {
    void send(Redis redis) {
        RedisAPI api = RedisAPI.api(redis);
        api.hexpire(List.of("h", "60", "FIELDS", "1", "f"));
        api.vadd(List.of("v", "VALUES", "1", "0.5", "a")); // want VADD
        redis.send(Request.cmd(Command.XACKDEL).arg("s")); // want XACKDEL
        ValkeyAPI.api(redis).delifeq("lock", "me");
    }
}
