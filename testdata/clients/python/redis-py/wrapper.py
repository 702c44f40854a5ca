"""A store that hides its client behind a method."""
import redis
from redis.commands.search.query import Query

r = redis.Redis(host="cache", protocol=3)  # want resp3-enabled
AGGREGATE = "FT." + "AGGREGATE"


class Store:
    def __init__(self, client: redis.Redis):
        self.client = client
        self.index = client.ft("products")  # an accessor alone is no use

    def find(self, text):
        return self.index.search(Query(text))  # want FT.SEARCH

    def run(self, command, *args):
        return self.client.execute_command(command, *args)


def report(response):
    store = Store(r)
    store.run("FT.INFO", "products")  # want FT.INFO
    store.run(AGGREGATE, "products")  # want FT.AGGREGATE
    pipe = r.pipeline()
    pipe.json().set("k", "$", {}).get("k")  # want JSON.SET, JSON.GET
    r.execute_command("JSON.SET k $ 1")  # want JSON.SET
    r.execute_command("HELLO", 3)  # want resp3-enabled
    return response.json().get("k")  # an HTTP response
