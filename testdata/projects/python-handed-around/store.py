"""A wrapper that hands its arguments on, and one around it."""
import redis


class Names:
    FAMILY = "FT"
    SEARCH = FAMILY + ".SEARCH"
    SPELL = f"{FAMILY}.SPELLCHECK"


class Store:
    def __init__(self):
        self.redis = redis.Redis()

    def _send(self, *args, **options):
        return self.redis.execute_command(*args, **options)

    def _named(self, name, *args):
        return self._send(name, *args)

    def find(self, text):
        return self._send("FT.SEARCH", "idx", text)  # want FT.SEARCH

    def load(self, key):
        return self._send("JSON.GET", key)  # want JSON.GET

    def plain(self, key):
        return self._send("GET", key)

    def spell(self, text):
        self._send(Names.SEARCH, "idx", text)  # want FT.SEARCH
        return self._named(Names.SPELL, "idx", text)  # want FT.SPELLCHECK


def run_all(r: redis.Redis, *commands):
    for command in commands:
        r.execute_command(*command)


run_all(redis.Redis(), ["PING"], ["FT.INFO", "a"], ("FT.DROPINDEX", "a"))  # want FT.INFO, FT.DROPINDEX
