package shop;

import io.lettuce.core.protocol.ProtocolKeyword;

public enum Core implements ProtocolKeyword {
    SET, OBJECT;

    @Override
    public byte[] getBytes() {
        return name().replace('_', ' ').getBytes();
    }
}
