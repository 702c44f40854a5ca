package shop.spring;

import java.util.List;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisJsonTemplate;

class Json {
    private final RedisJsonTemplate<String> json;
    private final RedisConnectionFactory factory;

    Json(RedisConnectionFactory factory) {
        this.factory = factory;
        this.json = RedisJsonTemplate.create(factory);
    }

    void template(Object cart) {
        json.set("cart:1", cart); // want JSON.SET
        json.value("cart:1").path("$.total").setIfPresent(3); // want JSON.SET
        json.array("cart:1").path("$.items").append("pen"); // want JSON.ARRAPPEND
        json.values(List.of("cart:1", "cart:2")).get(); // want JSON.MGET
    }

    void connection(byte[] key) {
        RedisConnection c = factory.getConnection();
        c.jsonCommands().jsonDel(key); // want JSON.DEL
        c.keyCommands().del(key);
    }
}
