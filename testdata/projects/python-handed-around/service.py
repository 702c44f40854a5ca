"""Members that are called by others, clients that are injected."""
import asyncio
from functools import partial

import redis
from dependency_injector import containers, providers
from fastapi import Depends, FastAPI

app = FastAPI()


def get_redis():
    return redis.Redis()


class Container(containers.DeclarativeContainer):
    redis = providers.Singleton(redis.Redis)


@app.get("/document")
def document(key: str, r=Depends(get_redis)):
    return r.json().get(key)  # want JSON.GET


def injected(key):
    return Container.redis().json().get(key)  # want JSON.GET


async def elsewhere(r: redis.Redis):
    await asyncio.to_thread(r.ft("idx").info)  # want FT.INFO
    await asyncio.to_thread(r.execute_command, "FT._LIST")  # want FT._LIST
    await asyncio.to_thread(r.execute_command, "PING")
    tell = partial(r.execute_command, "TS.INFO")  # want TS.INFO
    tell("temperature")
    ask = partial(r.execute_command)
    ask("TS.GET", "temperature")  # want TS.GET
