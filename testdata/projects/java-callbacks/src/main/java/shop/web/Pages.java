package shop.web;

import shop.store.Sessions;
import shop.store.Sessions.Work;
import redis.clients.jedis.UnifiedJedis;

class Pages {
    private final Sessions sessions;

    Pages(Sessions sessions) {
        this.sessions = sessions;
    }

    Object show(String id) {
        return sessions.with(j -> j.jsonGet(id)); // want JSON.GET
    }

    Object find(String q) {
        return sessions.doing(j -> {
            j.get("warm");
            return j.ftSearch("pages", q); // want FT.SEARCH
        });
    }

    void clear(String id) {
        Work<UnifiedJedis, Long> clear = j -> j.jsonDel(id); // want JSON.DEL
        sessions.doing(clear);
        sessions.raw(c -> c.jsonType(id)); // want JSON.TYPE
        sessions.doing((Work<UnifiedJedis, Object>) (j) -> j.tsInfo("views")); // want TS.INFO
    }
}
