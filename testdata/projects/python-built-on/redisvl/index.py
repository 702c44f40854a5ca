"""A library whose calls are no commands: what it sends, it sends for itself."""
from redisvl.connection import RedisConnectionFactory


class SearchIndex:
    def __init__(self, name, url=None):
        self.name = name
        self._redis_client = RedisConnectionFactory.get_redis_connection(url)

    def exists(self):
        return self.name in self._redis_client.execute_command("FT._LIST")  # want FT._LIST

    def load(self, key, document):
        self._redis_client.json().set(key, "$", document)  # want JSON.SET
