package shop;

import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.commands.ProtocolCommand;

class Stock {
    enum Cmd implements ProtocolCommand {
        COUNT("FT.AGGREGATE");

        private final String name;

        Cmd(String name) {
            this.name = name;
        }

        public byte[] getRaw() {
            return name.getBytes();
        }
    }

    final JedisPooled jedis = new JedisPooled();

    JedisPooled client() {
        return jedis;
    }
}
