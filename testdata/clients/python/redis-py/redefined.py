"""Classes that take the place of their bases, as patches of a library's do."""

import redis


class Catalogue:
    def __init__(self):
        self.client = redis.Redis()


class Catalogue(Catalogue):
    def find(self, text):
        return self.client.ft("catalogue").search(text)  # want search-command


class Catalogue(Catalogue):
    def info(self):
        return self.client.ft("catalogue").info()  # want search-command


class Catalogue(Catalogue):
    def drop(self):
        return self.client.ft("catalogue").dropindex()  # want search-command
