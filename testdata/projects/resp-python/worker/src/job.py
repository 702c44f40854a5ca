import redis.asyncio as redis

SHARED = {"protocol": 2}  # want resp2-pinned

r = redis.Redis(host="localhost")  # want resp-default-drift
old = redis.Redis(host="localhost", **SHARED)


async def run():
    await r.execute_command("CONFIG", "GET", "maxmemory")  # want resp3-raw-reply
    await r.execute_command("HGETALL", "h")
    await r.execute_command("ZRANGE", "z", 0, -1, "WITHSCORES")  # want resp3-raw-reply
    await r.execute_command("ZRANGE", "z", 0, -1)
    await old.execute_command("CONFIG", "GET", "maxmemory")
    await r.config_get("maxmemory")
