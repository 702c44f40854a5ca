package shop;

import java.time.Duration;
import java.util.List;
import javax.persistence.EntityManager;
import org.springframework.data.redis.connection.ReactiveRedisConnection;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStreamCommands.XDelOptions;
import org.springframework.data.redis.core.HashOperations;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Commands of the core that came after the fork. What the newest Valkey serves is no finding. */
class Core {
    private final StringRedisTemplate redis;
    private final EntityManager manager;

    Core(StringRedisTemplate redis, EntityManager manager) {
        this.redis = redis;
        this.manager = manager;
    }

    void template(ReactiveStringRedisTemplate reactive, Object order) {
        redis.expire("k", Duration.ofMinutes(1));
        redis.opsForHash().expire("h", Duration.ofMinutes(1), List.of("f"));
        HashOperations<String, String, String> hashes = redis.opsForHash();
        hashes.getAndDelete("h", List.of("f"));
        redis.opsForValue().compareAndSet("k", "old", "new");
        redis.getDigest("k"); // want DIGEST
        redis.compareAndDelete("k", "old");
        redis.opsForStream().acknowledge("s", "g", "1-0");
        redis.opsForStream().acknowledgeAndDelete("s", "g", XDelOptions.defaults(), "1-0"); // want XACKDEL
        reactive.opsForStream().deleteWithOptions("s", XDelOptions.defaults(), "1-0"); // want XDELEX
        manager.persist(order);
    }

    /** Members with everyday names mean nothing where the receiver is not known, whatever its name. */
    void unknown(RedisHelper redisHelper) {
        redisHelper.expire("k", 60);
        redisHelper.acknowledgeAndDelete("s", "g", "1-0");
    }

    void connection(RedisConnection connection, ReactiveRedisConnection reactive, byte[] key) {
        connection.hashCommands().hExpire(key, 60, key);
        connection.keyCommands().digest(key); // want DIGEST
        connection.xDelEx(key, XDelOptions.defaults(), "1-0"); // want XDELEX
        reactive.keyCommands().digest(null); // want DIGEST
    }
}
