package shop.spring;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

class Callbacks {
    private final StringRedisTemplate template;

    Callbacks(StringRedisTemplate template) {
        this.template = template;
    }

    Object search(String query) {
        return template.execute((RedisCallback<Object>) c ->
            c.execute("FT.SEARCH", "idx".getBytes(), query.getBytes())); // want FT.SEARCH
    }

    Object plain(String key) {
        return template.execute((RedisConnection c) -> c.execute("JSON.GET", key.getBytes())); // want JSON.GET
    }

    Object core(String key) {
        return template.execute((RedisCallback<Object>) c -> c.execute("GET", key.getBytes()));
    }
}
