package shop.vertx;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;

class Requests {
    void run(Redis redis) {
        redis.send(Request.cmd(Command.GET).arg("k"));
        redis.send(Request.cmd(Command.FT_SEARCH).arg("idx").arg("*")); // want FT.SEARCH
    }
}
