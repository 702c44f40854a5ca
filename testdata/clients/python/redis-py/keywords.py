"""Settings that are put among keywords on their way to the client."""
import redis
from redis.asyncio import Redis as AsyncRedis
from redis.cluster import RedisCluster


def connect(url, **kwargs):
    kwargs.setdefault("protocol", 2)  # want resp2-pinned
    return redis.Redis.from_url(url, **kwargs)


def connect_cluster(url, **kwargs) -> RedisCluster:
    kwargs["protocol"] = 3  # want resp3-enabled
    return RedisCluster.from_url(url, **kwargs)


def connect_async(url, **options):
    options.update(protocol=2)  # want resp2-pinned
    return AsyncRedis.from_url(url, **options)


def connect_merged(url, **options):
    return redis.from_url(url, **{"protocol": 3, **options})  # want resp3-enabled


def connect_other(connect, **kwargs):
    kwargs.setdefault("protocol", 2)  # some other library's
    return connect(**kwargs)
