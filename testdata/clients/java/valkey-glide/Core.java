package shop;

import glide.api.GlideClient;
import glide.api.commands.servermodules.Json;
import glide.api.models.Batch;

/** What the newest Valkey serves is no finding. */
class Core {
    void expire(GlideClient client) {
        client.hexpire("h", 60, new String[] {"f"});
        client.scriptShow("ffff");
        client.customCommand(new String[] {"VADD", "v", "VALUES", "1", "0.5", "a"}); // want VADD
        Json.set(client, "doc", "$", "1"); // want JSON.SET
        Batch batch = new Batch(false).hpersist("h", new String[] {"f"});
        batch.customCommand(new String[] {"XDELEX", "s", "IDS", "1", "1-0"}); // want XDELEX
    }
}
