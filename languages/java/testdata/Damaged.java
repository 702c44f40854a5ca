package com.example;

class Editing extends Base implements Closeable {
    private final Jedis jedis = new Jedis();

    void first() {
        jedis.set("a", "b"
        jedis.ftSearch("idx");
    }

    void second(Jedis other, int n) {
        other.jsonGet("key", @@ n.run());
        if (n > 0 {
            other.jsonSet("key", make());
    }

    String name = "unterminated;

    void third(JedisPooled p) {
        p.ftInfo("idx");
