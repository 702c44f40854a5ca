package shop;

import java.util.List;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.search.SearchResult;

/** Completes what customers type. */
class Suggest {
  private final JedisPooled jedis = new JedisPooled("redis", 6379);

  List<String> complete(String prefix) {
    SearchResult hits = jedis.ftSearch("products", prefix + "*");
    if (hits.getTotalResults() == 0 && prefix.matches("[a-z]+")) {
      jedis.cfAdd("misses", prefix);
    }
    return jedis.ftSugGet("names", prefix);
  }
}
