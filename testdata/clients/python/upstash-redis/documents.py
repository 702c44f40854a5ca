"""Documents and hashes kept over HTTP."""

from upstash_redis import Redis
from upstash_redis.asyncio import Redis as AsyncRedis

redis = Redis.from_env()


def save(sku, product):
    redis.set(sku, product["name"])
    redis.json.set(sku, "$", product)  # want JSON.SET
    redis.hexpire(sku, "seen", 60)
    redis.execute(["JSON.GET", sku])  # want JSON.GET
    pipe = redis.pipeline()
    pipe.json.arrappend(sku, "$.tags", "new").get(sku)  # want JSON.ARRAPPEND
    pipe.exec()


async def acknowledge(stream: AsyncRedis, ids):
    await stream.xack("orders", "billing", *ids)
    await stream.xackdel("orders", "billing", *ids)  # want XACKDEL
