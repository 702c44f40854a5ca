"""A program that carries its libraries with it: they send nothing for themselves."""
import sys

sys.path.insert(0, "deps")

import redis

r = redis.Redis()


def find(query):
    return r.ft("books").search(query)  # want FT.SEARCH
