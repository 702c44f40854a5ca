from redis.client import Redis, StrictRedis

__all__ = ["Redis", "StrictRedis"]
