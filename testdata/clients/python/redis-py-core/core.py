"""Commands of the core that came after the fork; what the newest Valkey serves is no finding."""
import hashlib

import redis

r = redis.Redis()


def since_the_fork(redis_client, stranger):
    r.hexpire("h", 60, "f")
    r.hgetex("h", "f")
    r.msetex({"k": "v"}, ex=60)
    r.vset().vadd("v", [0.1, 0.2], "a")  # want VADD
    r.xackdel("s", "g", "1-0")  # want XACKDEL
    with r.pipeline() as pipe:
        pipe.increx("n").digest("k")  # want INCREX, DIGEST
    redis_client.xdelex("s", "1-0")  # want XDELEX likely
    stranger.xdelex("s", "1-0")
    hashlib.sha256().digest()
    stranger.digest("k")
    r.execute_command("SET", "k", "v", "IFNE", "w")
    r.execute_command("SET", "k", "v", "IFDEQ", "w")  # want unsupported-option
    r.execute_command("set", "k", "v", "ifdeq", "w")
    stranger.execute_command("VADD", "v", "VALUES", 1, 0.1, "a")  # want VADD likely
    stranger.execute_command("GET", "v")
