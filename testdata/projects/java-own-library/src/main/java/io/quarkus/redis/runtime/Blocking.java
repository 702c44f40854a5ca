package io.quarkus.redis.runtime;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;

/** The library's own code: nothing of it is a use. */
class Blocking {
    private final ReactiveRedisDataSource source;

    Blocking(ReactiveRedisDataSource source) {
        this.source = source;
    }

    Object get(String key) {
        return source.json().jsonGet(key);
    }
}
