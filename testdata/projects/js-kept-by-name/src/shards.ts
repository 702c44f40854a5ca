// Clients in maps whose types say what they hold.
import { createClient } from "redis";

type Client = ReturnType<typeof createClient>;

const shards = new Map<string, Client>();

export async function read(shard: string, key: string) {
  const client = shards.get(shard);
  await shards.get(shard)!.json.get(key); // want JSON.GET
  return client?.json.get(key); // want JSON.GET
}

const texts = new Map<string, string>();
export const text = (key: string) => texts.get(key);
