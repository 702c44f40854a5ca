import redis

r = redis.Redis()


def extras(verbose):
    if not verbose:
        return ()  # no results at all
    return ("WITHSCORES",)


def suggest(prefix, verbose=False):
    return r.execute_command("FT.SUGGET", "titles", prefix, *extras(verbose))  # want FT.SUGGET


def nothing(key):
    return ()


r.execute_command(*nothing("key"))  # nothing is sent
