package shop;

import com.redis.om.spring.annotations.Document; // want module-dependent-package
import com.redis.om.spring.annotations.Indexed;
import org.springframework.data.redis.core.RedisTemplate;

@Document
public class Product {
    @Indexed
    private String name;
}
