package shop;

import redis.clients.jedis.JedisPooled;

// Types that have one name, inside of different types, hold different things.
class Nested {
  static class Titles {
    static class Store {
      String jsonGet(String key) {
        return key;
      }
    }

    String first(Store store) {
      return store.jsonGet("book:1");
    }
  }

  static class Prices {
    static class Store {
      JedisPooled client;
    }

    Object first(Store store) {
      return store.client.jsonGet("book:1"); // want JSON.GET
    }
  }
}
