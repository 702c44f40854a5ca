package com.example.app;

import lombok.*;
import org.springframework.beans.factory.annotation.*;
import org.springframework.context.annotation.Bean;
import redis.clients.jedis.JedisPooled;

@Service("search")
@RequiredArgsConstructor
public class SearchService {
    @Autowired private StringRedisTemplate template;
    @Value("${redis.url:redis://localhost:6379}") private String url;
    private final JedisPooled jedis;
    @NonNull String index;
    private static final Logger LOG = LoggerFactory.getLogger(SearchService.class);
    private final Runnable task = () -> { LOG.info("run"); jedis.ftInfo(index); };

    @Bean(name = {"client", "jedis"}, destroyMethod = "close")
    public UnifiedJedis client(@Qualifier("main") ConnectionProvider provider) {
        var config = DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP3).build();
        UnifiedJedis made = new UnifiedJedis(provider, config) {
            int used = count();
            @Override public void close() { LOG.info("closed"); super.close(); }
        };
        return made;
    }

    public Object search(String q) {
        return template.execute((RedisCallback<Object>) (final RedisConnection c) -> c.execute("FT.SEARCH", index.getBytes(), q.getBytes()));
    }

    public CompletableFuture<SearchResult> async(String q) {
        class Local { void run() { search(q); } }
        return CompletableFuture.supplyAsync(() -> jedis.ftSearch(index, q)).thenApply(SearchResult::new);
    }

    void all(List<String> names) {
        List.of("FT.INFO", "FT._LIST").forEach(cmd -> jedis.sendCommand(() -> cmd.getBytes(), names.toArray(new String[0])));
        names.stream().filter(n -> n.isEmpty()).map(n -> jedis.ftInfo(n)).toList();
    }

    @Data static class Options { private final int limit; boolean live = true; List<String> fields; }

    @Getter @AllArgsConstructor enum Verb { GET("JSON.GET"), SET("JSON.SET"); private final String text; }

    public class Inner { Object go() { return search(url); } }
}
