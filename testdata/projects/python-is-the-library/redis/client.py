"""The library's own source sends commands for others, it uses none."""
from redis.exceptions import ConnectionError


class Redis:
    def __init__(self, host="localhost", protocol=3):
        self.host = host
        self.protocol = protocol

    def execute_command(self, *args, **options):
        return self._send(args[0], args, options)

    def search(self, index, query):
        return self.execute_command("FT.SEARCH", index, query)

    def get_document(self, key):
        return self.execute_command("JSON.GET", key)

    def _send(self, name, args, options):
        if not self.host:
            raise ConnectionError(name)
        return name, args, options


class StrictRedis(Redis):
    pass
