"""What holds a client, for classes that are derived elsewhere and for objects of it."""
import redis


class Store:
    def __init__(self, url):
        self.conn = redis.Redis.from_url(url)


class SharedStore:
    shared = redis.Redis()
