from redis.commands import Redis

__all__ = ["Redis"]
