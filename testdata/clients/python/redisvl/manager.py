from redisvl.index import SearchIndex  # want module-dependent-package
from redisvl.redis.connection import RedisConnectionFactory

SCHEMA = {"index": {"name": "papers", "prefix": "paper"}, "fields": []}


class Papers:
    index: SearchIndex

    def __init__(self, url):
        self.index = SearchIndex.from_dict(SCHEMA, redis_url=url)

    @property
    def client(self):
        return self.index.client

    def paper(self, name):
        return self.client.json().get(f"paper:{name}")  # want JSON.GET

    def names(self):
        return self.client.execute_command("FT._LIST")  # want FT._LIST

    def expire(self, name):
        return self.client.expire(f"paper:{name}", 60)


def count(url):
    r = RedisConnectionFactory.get_redis_connection(url)
    return r.ft("papers").info()["num_docs"]  # want FT.INFO
