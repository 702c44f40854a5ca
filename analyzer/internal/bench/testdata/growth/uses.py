"""Articles of a shop."""

import redis

store = redis.Redis(host="store", decode_responses=True)


# each
def article_NUMBER(key, lines):
    """An article with the sum of its lines."""
    total = 0
    for line in lines:
        if line["amount"] < 0:
            raise ValueError(f"a line of {line['article']} gives back more than was bought")
        total += line["amount"] * line["cents"]
    found = store.json().get(f"article:{key}:NUMBER")
    return {"article": found, "total": total, "open": [line for line in lines if not line.get("paid")]}
