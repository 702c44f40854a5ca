package shop.vertx;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;

class Requests {
    private static final Command SERIES = Command.create("TS.ADD");

    void run(Redis redis) {
        redis.send(Request.cmd(Command.GET).arg("k"));
        redis.send(Request.cmd(Command.FT_SEARCH).arg("idx").arg("*")); // want FT.SEARCH
        redis.send(Request.cmd(SERIES).arg("k")); // want TS.ADD
    }
}
