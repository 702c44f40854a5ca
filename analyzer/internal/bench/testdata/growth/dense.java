package shop;

import redis.clients.jedis.JedisPooled;

class Articles {
    void articles(JedisPooled store) {
        // each
        store.jsonGet("article:NUMBER");
        // end
    }
}
