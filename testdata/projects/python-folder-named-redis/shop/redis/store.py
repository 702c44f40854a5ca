"""A folder of an application may be called like the library."""
import redis

client = redis.Redis()


def load(key):
    return client.json().get(key)  # want JSON.GET
