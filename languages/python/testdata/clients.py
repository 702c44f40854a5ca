"""Redis helpers. Docstrings with redis.call(1) in them are no texts."""
from __future__ import annotations

import asyncio
import importlib
import os.path
import redis.asyncio as aioredis
from typing import TYPE_CHECKING, Annotated, Any, Optional, Union, cast
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from enum import Enum
from functools import partial

import redis
from . import db
from ..core.settings import (
    REDIS_URL,
    SEARCH_CMD as CMD,
)
from helpers import *

if TYPE_CHECKING:
    from redis.commands.search import Search

try:
    import ujson as json
except ImportError as error:
    json = None

PREFIX = "FT" "."
SEARCH = PREFIX + "SEARCH"
OPTIONS = {"protocol": 3, **db.DEFAULTS, CMD: True, "decode_responses": True}
RedisClient = Union[redis.Redis, "aioredis.Redis", None]
make = partial(redis.Redis, host="localhost", port=6379)
lua = redis.Redis().register_script("""
return redis.call('FT.SEARCH', KEYS[1])
""")


class Command(str, Enum):
    SEARCH = "FT.SEARCH"
    CREATE = b"FT.CREATE"
    BOTH = SEARCH, CREATE

    @property
    def family(self):
        return self.value.split(".")[0]


@dataclass(frozen=True)
class Store(Base[int], Generic[T], metaclass=abc.ABCMeta):
    client: redis.Redis
    index: "Optional[Search]" = None
    dep: Annotated[aioredis.Redis, Depends(get_redis)] = field(default_factory=lambda: aioredis.Redis())
    names: list[str] = field(default_factory=list)
    commands = ["FT.SEARCH"]
    commands.append("FT.INFO")
    commands += ["FT.CREATE"]
    pool = redis.ConnectionPool(max_connections=10)

    def __init__(self, client: redis.Redis | None = None, *args: Any, ttl=cfg.get("ttl"), **kwargs: int) -> None:
        super().__init__(*args, **kwargs)
        self.client = client or redis.Redis(**kwargs)
        self.ft: Search = self.client.ft("idx")
        self.sync, self.aio = make_both()

    @classmethod
    def create(cls, url: str = REDIS_URL) -> "Store":
        return cls(redis.from_url(url))

    @staticmethod
    def name(key):
        return f"JSON.{key.upper()}"

    async def search(self, q: str, /, *, limit: int = 10) -> tuple[int, list[str]]:
        async with aioredis.Redis() as r, self.lock:
            result = await r.ft("idx").search(q)
        if (n := len(result.docs)) > 10:
            pass
        def inner(x):
            nonlocal n
            n = x
            return self.ft.info()
        return n, [d.id for d in result.docs]

    class Meta:
        database = get_connection()


@asynccontextmanager
async def session(r: Annotated["redis.Redis", Depends(get_redis)] = Depends(get_redis)):
    with closing(redis.Redis()) as conn:
        yield conn


def run(*commands, r=None, kind="json"):
    global shared
    shared = redis.Redis()
    for name, cmd in [("a", "FT.SEARCH"), ("b", "JSON.GET")]:
        r.execute_command(cmd, name)
    for i, c in enumerate(commands):
        r.execute_command(c)
    for key, value in OPTIONS.items():
        r.json().set(key, ".", value)
    for a, b in zip(commands, ["TS.ADD"]):
        r.execute_command(a, b)
    args = ["FT.CREATE", "idx"] + list(commands)
    args.extend(["SCHEMA"])
    args.append("ON")
    args.insert(0, "x")
    r.execute_command(*args, **{"keys": 1})
    getattr(r, "json")().set("a", "$", {})
    getattr(r, kind)().get("a")
    mod = importlib.import_module("redis.commands.search")
    opts = dict(host="h", **OPTIONS)
    opts.update(protocol=3)
    opts["db"] = 1
    typed = cast("redis.Redis", r)
    a = b = typed.pipeline()
    (c, d), *rest = f(a), b
    return r.execute_command("%s.%s" % ("FT", "SEARCH")), "{}.{}".format(kind.upper(), "GET")


match run():
    case Point(x=0) if check():
        handle()
    case "FT.SEARCH":
        other(lambda k, v=default(): store.get(k))

type Client = redis.Redis | aioredis.Redis
type(run).attr = redis.Redis()
r = db.client  # keyvet:ignore search-command it is tested
# keyvet:ignore json-command so is the next line
r.json().get("x") if r else print(f"{r.get('a')!r:>{width()}} {{}}")
