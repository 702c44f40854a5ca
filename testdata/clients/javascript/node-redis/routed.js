import { createCluster, createSentinel } from "redis";

const cluster = createCluster({ rootNodes: [{ url: process.env.REDIS_URL }] });
const sentinel = createSentinel({ name: "shop", sentinelRootNodes: [{ host: "localhost", port: 26379 }] });

// The command stands behind what routes it.
export async function health(key) {
  await cluster.sendCommand(undefined, true, ["PING"]);
  await sentinel.sendCommand(true, ["PING"]);
  await cluster.sendCommand(key, true, ["JSON.GET", key]); // want JSON.GET
  return sentinel.sendCommand(true, ["FT._LIST"]); // want FT._LIST
}
