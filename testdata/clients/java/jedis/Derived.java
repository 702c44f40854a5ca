package shop.derived;

import com.acme.Handle;
import redis.clients.jedis.PipeliningBase;
import redis.clients.jedis.UnifiedJedis;

class Store extends UnifiedJedis {
    void find(String q) {
        ftSearch("idx", q); // want FT.SEARCH
        this.jsonGet(q); // want JSON.GET
        super.ftInfo("idx"); // want FT.INFO
        get(q);
    }

    class Cleaner implements Runnable {
        public void run() {
            ftDropIndex("idx"); // want FT.DROPINDEX
        }
    }
}

class Once {
    final Object made = new UnifiedJedis() {{
        ftAlter("idx"); // want FT.ALTER
    }};
}

class Bound<J extends UnifiedJedis> {
    protected J client;

    void list() {
        client.ftList(); // want FT._LIST
    }

    <P extends PipeliningBase & AutoCloseable> void queue(P pipeline) {
        pipeline.jsonGet("k"); // want JSON.GET
    }
}

class Assigned {
    private Handle<String> client;
    private static Handle<String> shared;
    private String name;

    static void init() {
        shared = make();
    }

    static UnifiedJedis make() {
        return new UnifiedJedis();
    }

    void start() {
        Runnable r = new Runnable() {
            public void run() {
                client = make();
            }
        };
        r.run();
        name = "x";
    }

    void use() {
        client.jsonGet(name); // want JSON.GET
        shared.jsonType(name); // want JSON.TYPE
    }
}
