// The client is kept by the framework: only the name under which it is kept tells.
import { Hono } from "hono";
import { createClient } from "redis";

const app = new Hono();

app.use(async (c, next) => {
  c.set("redis", await createClient().connect());
  await next();
});

app.get("/notes/:id", async (c) => {
  const redis = c.get("redis");
  await redis.json.get("last"); // want JSON.GET likely
  return c.json(await c.get("redis").json.get(c.req.param("id"))); // want JSON.GET likely
});

app.get("/first", async (c) => {
  const r = c.var.redis;
  const kept = c.get("settings");
  return c.json([await r.json.get("first"), kept.json.get("first")]); // want JSON.GET likely
});

app.get("/status", async (c) => {
  const answer = await fetch("http://redis-status/");
  return answer.json.get("state");
});
