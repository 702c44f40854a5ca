import org.redisson.api.RedissonClient;

/** Objects over commands of the core that came after the fork. */
class Core {
  void commands(RedissonClient redisson) {
    redisson.getMapCacheNative("m").clear();
    redisson.getVectorSet("v").size(); // want VADD
    redisson.getTimeSeries("t").size();
  }
}
