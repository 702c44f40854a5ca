import redis

r = redis.Redis(host="localhost")  # want resp-default-drift
index = r.ft("idx")
index.search("*")  # want search-on-resp3
index.create_index([])
r.json().set("k", "$", {})
r.execute_command("FT.SEARCH", "idx", "*")  # want resp3-raw-reply

old = redis.Redis(host="localhost", protocol=2)  # want resp2-pinned
old.ft("idx").search("*")

native = redis.Redis(host="localhost", protocol=3)  # want resp3-enabled
native.ft("idx").aggregate("*")  # want search-on-resp3


def find(client):
    return client.ft("idx").search("*")
