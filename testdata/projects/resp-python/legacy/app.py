import redis

r = redis.Redis(host="localhost")
r.execute_command("CONFIG", "GET", "maxmemory")
