package shop;

import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.util.SafeEncoder;

public enum Doc implements ProtocolCommand {
    READ("JSON.GET"),
    WRITE("JSON.SET"),
    PLAIN("GETDEL");

    private final byte[] raw;

    Doc(String name) {
        raw = SafeEncoder.encode(name);
    }

    @Override
    public byte[] getRaw() {
        return raw;
    }
}
