import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.Pipeline;

/** Commands of the core that came after the fork. */
class Core {
  private final JedisPooled pooled = new JedisPooled("localhost", 6379);

  void commands(Jedis jedis, java.security.MessageDigest digest) {
    jedis.hexpire("h", 60, "f");
    jedis.vcard("v"); // want VCARD
    pooled.xdelex("s", null); // want XDELEX
    Pipeline pipe = pooled.pipelined();
    pipe.digestKey("k"); // want DIGEST
    digest.digest();
  }
}
