import module java.base;

sealed interface Command permits Search, Set {}

record Search(String index, @NonNull Query query, String... fields) implements Command {
    static int made = count();
    Search { Objects.requireNonNull(index); }
    String index() { return index.trim(); }
}

record Set(Json client) implements Command {
    Set(Json client) { this.client = client; }
    <T> T on(Function<Json, T> f) { return f.apply(client); }
}

class Annotated {
    void send(byte @NonNull [] @NonNull... args) { connection.execute("FT.SEARCH", args); }
}

String script = """
    local hits = redis.call('FT.SEARCH', KEYS[1])
    return hits
    """;

Object run(Object o, Command c) {
    if (o instanceof Jedis j && j.isConnected()) return j.sendCommand(SEARCH);
    if (!(o instanceof Set(Json client))) return null;
    client.set("a");
    return switch (c) {
        case Search s when s.fields().length > 0 -> jedis.ftSearch(s.index(), s.query());
        case Search(var index, Query q, var _) -> { log(index); yield jedis.ftExplain(index, q); }
        case null, default -> throw new IllegalArgumentException("what? " + c);
    };
}

void main() {
    int i = 0, ports[] = {1, 2};
    for (var e : Map.of("a", 1).entrySet()) IO.println(e.getKey() + "=" + e.getValue());
    BiFunction<String, String, String> f = (a, b) -> a + b;
    synchronized (lock()) { do { i++; } while (more(i)); }
    String name = i > 0 ? "FT.SEARCH" : ports.length == 0 ? "FT.INFO" : null;
    var sql = new StringBuilder("redis.call(").append("'FT.INFO'").append(")").toString();
    outer: for (int a = first(), b = 2; a < b; a++, step()) { continue outer; }
    assert ok() : why();
}
