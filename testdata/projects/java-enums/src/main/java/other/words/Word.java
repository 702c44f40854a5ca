package other.words;

import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.util.SafeEncoder;

public enum Word implements ProtocolCommand {
    ALTER("FT.ALTER");

    private final byte[] raw;

    Word(String name) {
        this.raw = SafeEncoder.encode(name);
    }

    @Override
    public byte[] getRaw() {
        return raw;
    }
}
