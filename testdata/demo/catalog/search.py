"""The catalogue: products live in RedisJSON and are found with RediSearch."""
import json

import redis
import requests

r = redis.Redis(host="redis", protocol=3, decode_responses=True)


def store(product):
    r.json().set(f"product:{product['id']}", "$", product)
    r.bf().add("skus", product["sku"])  # have we ever sold it?


def find(text):
    return r.ft("products").search(text).docs


def rate(currency):
    # Two look-alikes: neither sends a command.
    return requests.get("https://rates.example").json().get(currency) or json.loads("{}")
