import io.github.dengliming.redismodule.redisbloom.BloomFilter;
import io.github.dengliming.redismodule.redisbloom.client.RedisBloomClient;
import io.github.dengliming.redismodule.redisearch.RediSearch;
import io.github.dengliming.redismodule.redisearch.client.RediSearchClient;
import io.github.dengliming.redismodule.redisearch.search.SearchOptions;
import io.github.dengliming.redismodule.redisjson.RedisJSON;
import io.github.dengliming.redismodule.redisjson.RedisJSONBatch;
import io.github.dengliming.redismodule.redisjson.args.GetArgs;
import io.github.dengliming.redismodule.redisjson.args.SetArgs;
import io.github.dengliming.redismodule.redisjson.client.RedisJSONClient;
import io.github.dengliming.redismodule.redisjson.utils.GsonUtils;
import io.github.dengliming.redismodule.redistimeseries.RedisTimeSeries;
import io.github.dengliming.redismodule.redistimeseries.Sample;
import io.github.dengliming.redismodule.redistimeseries.TimeSeriesOptions;
import io.github.dengliming.redismodule.redistimeseries.client.RedisTimeSeriesClient;
import java.util.Map;
import org.redisson.config.Config;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;

class Prices {
  @Autowired private RedisJSON json;
  @Autowired private RedisTimeSeries series;
  private final com.google.common.hash.BloomFilter<String> local = null;

  @Bean
  RedisTimeSeries series(RedisTimeSeriesClient client) {
    return client.getRedisTimeSeries();
  }

  void record(String coin, double price, Map<String, Object> all) {
    json.set("coins", SetArgs.Builder.create(".", GsonUtils.toJson(all))); // want JSON.SET
    Map<?, ?> before = json.get("coins", Map.class, new GetArgs().path(".data")); // want JSON.GET
    series.add(new Sample(coin, Sample.Value.of(price)), new TimeSeriesOptions().unCompressed()); // want TS.ADD
    series.range(coin, 0, System.currentTimeMillis()); // want TS.RANGE
    if (local.mightContain(coin)) {
      local.put(coin);
    }
  }

  void seen(RedisBloomClient client, String coin) {
    BloomFilter filter = client.getRBloomFilter("seen");
    filter.create(0.01, 1000); // want BF.RESERVE
    filter.addAsync(coin); // want BF.ADD
    client.getTopKFilter("top").list(); // want TOPK.LIST
  }

  void find(Config config, String words) {
    RediSearch index = new RediSearchClient(config).getRediSearch("coins");
    index.search(words, new SearchOptions()); // want FT.SEARCH
    index.dropIndex(); // want FT.DROP
  }

  void batch(RedisJSONClient client) {
    RedisJSONBatch batch = client.createRedisJSONBatch();
    batch.getRedisJSON().objLenAsync("coins", "."); // want JSON.OBJLEN
    batch.execute();
  }
}
