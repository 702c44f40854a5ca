import redis

store = redis.Redis(host="store")


def articles():
    # each
    yield store.json().get("article:NUMBER")
