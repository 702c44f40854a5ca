import shlex

import redis

r = redis.Redis()


def arguments(command, index):
    args = [command, index]
    args.append("LIMIT")
    return args


def counted(command, index):
    return [command, index], 2


def full(verb):
    return "FT." + verb


def send(index):
    r.execute_command(*arguments("FT.SEARCH", index))  # want FT.SEARCH
    r.execute_command(*arguments("TYPE", index))
    args, n = counted("FT.INFO", index)
    r.execute_command(*args)  # want FT.INFO

    name = full("TAGVALS")
    r.execute_command(name, index, "kind")  # want FT.TAGVALS

    text = f"FT.SYNDUMP {index}"
    r.execute_command(*text.split(" "))  # want FT.SYNDUMP
    r.execute_command(*shlex.split("FT.SYNUPDATE idx 1 'a b'"))  # want FT.SYNUPDATE
    r.execute_command(*shlex.split(f"GET {n}"))


class Shelf:
    def find(self, query):
        return self.books.ft("books").search(query)  # want FT.SEARCH

    def borrow(self, title):
        return self.lent.get(title)


def shelf():
    made = Shelf()
    made.books = redis.Redis()
    made.lent = {}
    return made
