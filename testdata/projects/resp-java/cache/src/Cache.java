package cache;

import redis.clients.jedis.JedisPooled;

class Cache {
    JedisPooled client = new JedisPooled("localhost", 6379);
}
