import Redis from "ioredis";

const redis = new Redis();

const tuple = (command, key) => [command, key];

function described(command, key) {
  const args = [command, key];
  args.push("LIMIT", "0");
  return { args, key };
}

export async function send(key) {
  await redis.call(...tuple("FT.INFO", key)); // want FT.INFO
  await redis.call(...tuple("TYPE", key));
  const { args } = described("FT.SEARCH", key);
  await redis.call(...args); // want FT.SEARCH

  await redis.call(..."FT.DROPINDEX idx DD".split(" ")); // want FT.DROPINDEX
  const [name, ...rest] = "FT.ALTER idx SCHEMA ADD x TEXT".split(" ");
  await redis.call(name, ...rest); // want FT.ALTER
  await redis.call(..."CONFIG GET maxmemory".split(" "));
}
