import redis

# no manifest says which version: nothing can be said
r = redis.Redis(host="localhost")
r.execute_command("CONFIG", "GET", "maxmemory")
three = redis.Redis(host="localhost", protocol=3)  # want resp3-enabled
three.execute_command("CONFIG", "GET", "maxmemory")  # want resp3-raw-reply
