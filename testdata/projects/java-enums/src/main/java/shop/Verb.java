package shop;

import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.util.SafeEncoder;

/** Named after the verb alone. */
public enum Verb implements ProtocolCommand {
    SEARCH, INFO, TAGVALS;

    private static final String FAMILY = "FT.";

    @Override
    public byte[] getRaw() {
        return SafeEncoder.encode(FAMILY + name());
    }
}
