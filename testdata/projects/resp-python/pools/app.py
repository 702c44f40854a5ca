import redis

pool = redis.ConnectionPool(host="localhost", protocol=2)  # want resp2-pinned
r = redis.Redis(connection_pool=pool)
r.execute_command("CONFIG", "GET", "maxmemory")
given = redis.Redis(connection_pool=make_pool())
