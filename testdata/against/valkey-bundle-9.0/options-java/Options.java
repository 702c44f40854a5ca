package shop;

import io.lettuce.core.SetArgs;
import io.lettuce.core.CompareCondition;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.search.arguments.CreateArgs;
import io.lettuce.core.search.arguments.QueryDialects;
import io.lettuce.core.search.arguments.SearchArgs;
import io.lettuce.core.search.arguments.TagFieldArgs;
import io.lettuce.core.search.arguments.TextFieldArgs;
import io.vertx.redis.client.RedisAPI;
import java.util.List;
import org.redisson.api.RSearch;
import org.redisson.api.search.index.FieldIndex;
import org.redisson.api.search.index.IndexOptions;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStringCommands.BitOperation;
import org.springframework.data.redis.connection.SetCondition;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.args.BitOP;
import redis.clients.jedis.args.StreamDeletionPolicy;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.search.FTSearchParams;
import redis.clients.jedis.search.Query;
import redis.clients.jedis.search.schemafields.TagField;
import redis.clients.jedis.search.schemafields.TextField;

/** Options of commands, given by builders and constants. */
class Options {
    void jedis(UnifiedJedis jedis) {
        jedis.set("k", "v", SetParams.setParams().ex(10).nx());
        jedis.set("k", "v", new SetParams().ex(10)
            .condition(redis.clients.jedis.util.CompareCondition.digestEq("d"))); // want unsupported-option
        jedis.bitop(BitOP.AND, "to", "a", "b");
        jedis.bitop(BitOP.ANDOR, "to", "a", "b"); // want unsupported-option
        jedis.xadd("s", XAddParams.xAddParams().maxLen(10)
            .trimmingMode(StreamDeletionPolicy.ACKNOWLEDGED), null); // want unsupported-option
        jedis.ftCreate("idx", TagField.of("tag"),
            TextField.of("title")); // want unsupported-option
        jedis.ftSearch("idx", "*", FTSearchParams.searchParams().limit(0, 10).dialect(2));
        FTSearchParams old = new FTSearchParams()
            .dialect(1); // want unsupported-option
        jedis.ftSearch("idx", "*", old);
        jedis.ftSearch("idx", new Query("*").limit(0, 10)
            .setWithScores()); // want unsupported-option
    }

    void lettuce(RedisCommands<String, String> commands) {
        commands.set("k", "v", SetArgs.Builder.ex(10).nx());
        commands.set("k", "v", SetArgs.Builder.ex(10)
            .compareCondition(CompareCondition.valueNe("old"))); // want unsupported-option
        commands.ftCreate("idx",
            CreateArgs.<String, String>builder().withPrefix("p:")
                .noOffsets() // want unsupported-option
                .build(),
            List.of(TagFieldArgs.<String>builder().name("tag").build(),
                TextFieldArgs.<String>builder().name("title").build())); // want unsupported-option
        commands.ftSearch("idx", "*", SearchArgs.<String, String>builder().limit(0, 10)
            .dialect(QueryDialects.DIALECT1) // want unsupported-option
            .build());
    }

    void others(RedisConnection spring, RSearch search, RedisAPI vertx, byte[] key) {
        spring.bitOp(BitOperation.AND, key, key);
        spring.bitOp(BitOperation.ONE, key, key); // want unsupported-option
        spring.set(key, key, SetCondition.ifEquals(key), null);
        spring.set(key, key,
            SetCondition.ifDigestEquals("d"), null); // want unsupported-option
        search.createIndex("idx", IndexOptions.defaults().prefix("p:"),
            FieldIndex.tag("tag"),
            FieldIndex.text("title")); // want unsupported-option
        vertx.set(List.of("k", "v", "NX"));
        vertx.set(List.of("k", "v", "IFNE", "old")); // want unsupported-option
    }
}
