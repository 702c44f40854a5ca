from .connections import get_redis_connection


def test_count(redis, redis_client, key="jobs"):
    redis_connection = get_redis_connection()
    redis_connection.delete(key)
    assert redis_connection.get(key) is None
    redis.delete(key)  # the receiver is only named like a client
    redis.get(key)
    redis_client.set(key, 1)
    redis_client.info()
    redis_client.query(key)
