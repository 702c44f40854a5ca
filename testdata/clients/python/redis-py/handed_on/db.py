"""Makes the index, and gives it to whoever asks."""
import redis


class Database:
    def __init__(self):
        self.connection = redis.Redis()

    def products(self):
        return self.connection.ft("products")


database = Database()
