package shop.containers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import reactor.core.publisher.Mono;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.UnifiedJedis;

class Containers {
    private final ObjectProvider<UnifiedJedis> provider;
    private Optional<JedisPooled> maybe;

    Containers(ObjectProvider<UnifiedJedis> provider) {
        this.provider = provider;
    }

    void direct(Supplier<UnifiedJedis> supplier, CompletableFuture<UnifiedJedis> future, Mono<UnifiedJedis> mono) {
        provider.getIfAvailable().jsonGet("k"); // want JSON.GET
        maybe.get().ftSearch("i", "q"); // want FT.SEARCH
        maybe.orElseThrow().tsGet("k"); // want TS.GET
        supplier.get().cfInfo("k"); // want CF.INFO
        future.join().topkList("k"); // want TOPK.LIST
        mono.block().cmsInfo("k"); // want CMS.INFO
    }

    void handed(List<UnifiedJedis> all, Map<String, UnifiedJedis> named, CompletableFuture<UnifiedJedis> future) {
        all.forEach(u -> u.cfAdd("k", "v")); // want CF.ADD
        named.forEach((name, u) -> u.jsonDel(name)); // want JSON.DEL
        maybe.ifPresent(u -> u.jsonSet("k", "v")); // want JSON.SET
        future.thenAccept(u -> u.tdigestInfo("k")); // want TDIGEST.INFO
        all.stream().map(u -> u.bfInfo("k")).toList(); // want BF.INFO
    }

    void nothing(Map<String, UnifiedJedis> named, List<UnifiedJedis> all) {
        named.get("main").get("k");
        named.containsKey("json.get");
        all.get(0).set("FT.SEARCH", "not a command here");
    }
}
