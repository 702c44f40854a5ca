import redis
from redis.commands.search.query import Query

r = redis.Redis(protocol=3


def search(q: str -> list:
    result = r.ft("idx").search(Query(q)
    return result.docs


class Store
    def __init__(self, client: redis.Redis):
        self.client = client

    def get(self, key):
<<<<<<< HEAD
        return self.client.json().get(key)
=======
        return self.client.execute_command("JSON.GET", key)
>>>>>>> feature


print "legacy %s" % r.execute_command("TS.GET", "a")
exec "r.get('a')"
r.bf().add("k", {{ template }})
r.execute_command(t"FT.{verb}", *args
