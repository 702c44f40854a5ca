"""Redis as a queue's backend: no command of a module anywhere."""
import os

from redis import StrictRedis


def get_redis_connection():
    host = os.environ.get("REDIS_HOST", "localhost")
    return StrictRedis(host=host)
