import { promisify } from "util";
import { addCommand, createClient, RedisClient } from "redis";

type People = RedisClient & {
  hgetallAsync?(key: string): Promise<Record<string, string>>;
  ft_create?(...args: unknown[]): boolean;
  ft_search?(...args: unknown[]): boolean;
  ft_createAsync?(index: string, args: string[]): Promise<void>;
  findAsync?(index: string, query: string): Promise<unknown[]>;
};

addCommand("ft.create");
addCommand("ft.search");

const client: People = createClient({ host: "people" });

// Members under names of the program's own.
client.hgetallAsync = promisify(client.hgetall).bind(client);
client.ft_createAsync = promisify(client.ft_create).bind(client);
client.findAsync = promisify(client.ft_search).bind(client);

export async function prepare() {
  await client.ft_createAsync("people", ["ON", "HASH", "SCHEMA", "interests", "TAG"]); // want FT.CREATE
}

export default client;
