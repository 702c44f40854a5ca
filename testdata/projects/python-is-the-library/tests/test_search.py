"""The library's tests use it like anybody else."""
import redis


def test_search():
    r = redis.Redis(protocol=2)  # want resp2-pinned
    r.ft("books").search("dune")  # want FT.SEARCH
    assert r.execute_command("JSON.GET", "book:1")  # want JSON.GET
