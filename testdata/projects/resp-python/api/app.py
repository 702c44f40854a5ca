import os

import redis
from redis.cluster import RedisCluster

cache = redis.Redis(host=os.environ["HOST"])  # want resp-default-drift
by_url = redis.from_url(os.environ["REDIS_URL"])  # want resp-default-drift
pinned = redis.Redis(host="localhost", protocol=2)  # want resp2-pinned
by_query = redis.from_url("redis://localhost:6379?protocol=2")  # want resp2-pinned
hidden = redis.Redis(**settings())
cluster = RedisCluster(host="localhost")  # want resp-default-drift
cache.execute_command("CONFIG", "GET", "maxmemory")
