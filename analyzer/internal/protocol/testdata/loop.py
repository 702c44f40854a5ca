"""Asks a server for search results in the ways that redis-py offers; prints a line for each."""
import sys

import redis


def attempt(name, call):
    try:
        got = call()
    except Exception as e:
        print(name, "raises", type(e).__name__)
        return
    if hasattr(got, "docs"):
        print(name, "finds", len(got.docs))
    elif hasattr(got, "rows"):
        print(name, "finds", len(got.rows))
    else:
        print(name, "gives", type(got).__name__)


port = int(sys.argv[1])
for mode, options in {"default": {}, "2": {"protocol": 2}, "3": {"protocol": 3}}.items():
    r = redis.Redis(port=port, decode_responses=True, **options)
    attempt(f"{mode} FT.SEARCH", lambda: r.ft("idx").search("*"))
    attempt(f"{mode} FT.AGGREGATE", lambda: r.ft("idx").aggregate(redis.commands.search.aggregation.AggregateRequest("*")))
    attempt(f"{mode} FT.INFO", lambda: r.ft("idx").info())
