import redis

from .words import reserve

client = redis.Redis()


def create(key):
    client.execute_command(reserve(), key, 1000)  # want CF.RESERVE
