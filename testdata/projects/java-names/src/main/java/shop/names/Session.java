package shop.names;

import redis.clients.jedis.UnifiedJedis;

/** A record whose methods speak of others of its own. */
record Session(UnifiedJedis store, String user) {
    void copy(Session other) {
        other.store().vcard("k"); // want VCARD
    }

    boolean same(Session other) {
        return user.equals(other.user);
    }
}
