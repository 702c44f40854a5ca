package com.example.search;

import io.lettuce.core.dynamic.Commands;
import io.lettuce.core.dynamic.annotation.Command;
import java.nio.charset.StandardCharsets;
import java.util.*;
import redis.clients.jedis.*;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.search.SearchProtocol.SearchCommand;

import static com.example.search.Names.PREFIX;
import static java.util.Arrays.asList;

/** Commands of our own. */
enum ModuleCommand implements ProtocolCommand {
    JSON_SET("JSON.SET"),
    SEARCH("FT", "SEARCH"),
    @Deprecated CUSTOM {
        @Override public byte[] getRaw() {
            return "FT.CREATE".getBytes();
        }
    };

    private final byte[] raw;

    ModuleCommand(String... parts) {
        raw = String.join(".", parts).getBytes(StandardCharsets.UTF_8);
    }

    ModuleCommand() { this("FT.INFO"); }

    @Override public byte[] getRaw() { return raw; }
}

interface SearchCommands extends Commands, Extra<String> {
    String INDEX = "idx:" + PREFIX;

    @Command("FT.SEARCH ?0 ?1")
    List<Object> search(String index, @Param("query") String query);

    default List<Object> all() { return search(INDEX, "*"); }
}

class Raw<T extends UnifiedJedis> extends Base<T> implements AutoCloseable {
    static final ProtocolCommand DROP = () -> "FT.DROPINDEX".getBytes();
    private static final Map<String, ProtocolCommand> ALL = new HashMap<>();
    private final List<String> log = new ArrayList<>(), names[] = null;
    protected T client = create();

    static {
        ALL.put("search", SearchCommand.SEARCH);
        for (ProtocolCommand c : ModuleCommand.values()) ALL.put(c.toString(), c);
    }

    Raw(T client, int... ports) {
        check(client);
        super(client);
        this.client = Objects.requireNonNull(client);
        log.add("made");
    }

    Object run(ProtocolCommand command, String... args) {
        String full = PREFIX + args[0];
        full += "!";
        return client.sendCommand(command, full, args);
    }

    void useAll(Jedis jedis, List<? extends Jedis> more) throws Exception {
        run(SearchCommand.SEARCH, "idx", "*");
        run(DROP);
        jedis.sendCommand(new ProtocolCommand() {
            @Override public byte[] getRaw() { return "JSON.GET".getBytes(); }
        }, "key");
        for (String cmd : List.of("FT.INFO", "FT._LIST")) {
            jedis.sendCommand(() -> cmd.getBytes());
        }
        List<String> args = new ArrayList<>();
        args.add("FT.AGGREGATE");
        args.addAll(asList("idx", "*"));
        Collections.addAll(args, "LIMIT", "0");
        byte[][] raw = {"a".getBytes(), null}, other[] = null;
        raw[0] = "b".getBytes();
        try (Jedis j = pool.getResource(); Pipeline p = j.pipelined()) {
            p.ftSearch("idx");
        } catch (JedisException | IllegalStateException e) {
            throw new IllegalStateException("no search: " + e.getMessage(), e);
        }
        more.forEach(this::close);
        log = null; // keyvet:ignore search-command we know
        /* keyvet:ignore json-command */
        jedis.eval("return redis.call('FT.SEARCH', KEYS[1])", 1, "idx");
    }

    @Override public void close() { super.close(); Raw.this.client.close(); }
}
