"""Members that every response has, on receivers that nobody declares."""
import redis


def save(client, key, value):
    client.json().set(key, "$", value)  # want JSON.SET likely


def load(client, key):
    return client.json().get(key)  # want JSON.GET likely


class Series:
    def __init__(self, db):
        self.db = db

    def fill(self, samples):
        self.db.ts().madd(samples)  # want TS.MADD likely

    def last(self, key):
        return self.db.ts().get(key)  # want TS.GET likely


def over_http(session):
    client = session.get("http://localhost/json")
    return client.json().get("key")  # a variable of the same name


def answer(response):
    return response.json().get("key")


def trace(cls=redis.Redis):
    original = cls.execute_command

    def traced(self, name, *args, **options):
        print(name)
        return original(self, name, *args, **options)  # its callers name the commands

    cls.execute_command = traced


class Retrying(redis.Redis):
    def execute_command(self, *args, **options):
        try:
            return super().execute_command(*args, **options)
        except redis.ConnectionError:
            return super().execute_command(*args, **options)


def use():
    Retrying().execute_command("FT.INFO", "idx")  # want FT.INFO
