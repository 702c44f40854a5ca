"""What "with" binds is what an object's __enter__ gives, not the object."""

import redis
import redis.asyncio


class Connection:
    def __init__(self, url):
        self._client = redis.from_url(url)

    def __enter__(self):
        return self._client

    def __exit__(self, *exc):
        self._client.close()


class Batch:
    async def __aenter__(self):
        self.pipe = redis.asyncio.Redis().pipeline()
        return self.pipe

    async def __aexit__(self, *exc):
        await self.pipe.execute()


class Store:
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        pass

    def client(self):
        return redis.Redis()


class Timer:
    def __enter__(self):
        return self

    def json(self):
        return {}


def read(url, key):
    with Connection(url) as client:
        return client.json().get(key)  # want JSON.GET


async def write(docs):
    async with Batch() as pipe:
        for key, doc in docs.items():
            pipe.json().set(key, "$", doc)  # want JSON.SET


def index(name):
    with Store() as store, redis.Redis() as plain, Timer() as timer:
        plain.ft(name).dropindex()  # want FT.DROPINDEX
        timer.json().get("seconds")
        return store.client().ft(name).info()  # want FT.INFO
