package shop;

import org.redisson.api.RedissonClient;

/** What all stores have. */
abstract class RedisStore {
  protected final RedissonClient redisson;

  RedisStore(RedissonClient redisson) {
    this.redisson = redisson;
  }
}
