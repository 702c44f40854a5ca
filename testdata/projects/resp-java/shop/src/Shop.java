package shop;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisCluster;
import redis.clients.jedis.RedisClient;

class Shop {
    RedisClient client = RedisClient.create("localhost", 6379); // want resp-default-drift
    Jedis single = new Jedis("localhost", 6379);
}
