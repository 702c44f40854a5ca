from redis import Redis


class RedisConnectionFactory:
    @staticmethod
    def get_redis_connection(url=None):
        return Redis.from_url(url or "redis://localhost")  # want resp-default-drift
