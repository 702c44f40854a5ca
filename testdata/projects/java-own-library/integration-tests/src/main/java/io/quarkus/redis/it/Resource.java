package io.quarkus.redis.it;

import io.quarkus.redis.datasource.RedisDataSource;

/** An application that tries the library out. */
class Resource {
    private final RedisDataSource source;

    Resource(RedisDataSource source) {
        this.source = source;
    }

    Object get(String key) {
        return source.json().jsonGet(key); // want JSON.GET
    }
}
