"""Objects that a class makes once and keeps, or makes without its constructor."""

import redis


class Store:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance.client = redis.Redis()
        return cls._instance

    def get(self, key):
        return self.client.json().get(key)  # want JSON.GET


class Index:
    _client = None

    @classmethod
    def client(cls):
        if cls._client is None:
            cls._client = redis.Redis()
        return cls._client

    @classmethod
    async def connect(cls, url):
        made = cls.__new__(cls)
        made.connection = redis.asyncio.from_url(url)
        return made

    async def load(self, key):
        return await self.connection.json().get(key)  # want JSON.GET


class Replies:
    _last = None

    @classmethod
    def remember(cls, reply):
        cls._last = reply

    def get(self, key):
        return self._last.json().get(key)


def first():
    return Store().client.json().get("first"), Index.client().json().get("first")  # want JSON.GET, JSON.GET
