"""Pipelines of a module have its members, and those of any pipeline."""

import redis
import redis.asyncio

r = redis.Redis()


def load(keys):
    with r.json().pipeline(transaction=False) as pipe:
        for key in keys:
            pipe.get(key, "$")  # want JSON.GET
        pipe.expire("x", 60)
        return pipe.execute()


def record(samples):
    pipe = r.ts().pipeline()
    for key, at, value in samples:
        pipe.add(key, at, value)  # want TS.ADD
    pipe.json().set("last", "$", at)  # want JSON.SET
    pipe.execute()


async def save(client: redis.asyncio.Redis, doc):
    pipe = client.json().pipeline()
    pipe.set("doc", "$", doc)  # want JSON.SET
    await pipe.execute()


def plain(client: redis.Redis, other):
    client.pipeline().get("x").set("x", 1).execute()
    other.pipeline().get("x")
    other.pipeline().add("x")
