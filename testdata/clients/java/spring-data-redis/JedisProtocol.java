package com.acme.sessions;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

import redis.clients.jedis.RedisProtocol;

/** The driver's own builder is handed to whoever wants to change what Spring sets. */
@Configuration
class JedisProtocol {

    @Bean
    JedisConnectionFactory sessions(RedisStandaloneConfiguration server) {
        JedisClientConfiguration client = JedisClientConfiguration.builder()
            .customize(config -> config.clientName("sessions").protocol(RedisProtocol.RESP2)) // want resp2-pinned
            .usePooling()
            .build();
        return new JedisConnectionFactory(server, client);
    }

    @Bean
    JedisConnectionFactory carts(RedisStandaloneConfiguration server) {
        return new JedisConnectionFactory(server, JedisClientConfiguration.builder()
            .customizeClientConfig(config -> {
                config.protocol(RedisProtocol.RESP3); // want resp3-enabled
            })
            .build());
    }
}
