import Redis from "ioredis";
import { rateLimit } from "express-rate-limit";
import { RedisStore } from "rate-limit-redis";

const redis = new Redis(process.env.REDIS_URL!);

interface Command {
  name: string;
  args: (string | number)[];
}

// The command stands in a record that another function makes.
function add(key: string, item: string): Command {
  return { name: "BF.ADD", args: [key, item] };
}

function exists(key: string, item: string): Command {
  return { name: "BF.EXISTS", args: [key, item] };
}

async function send(command: Command): Promise<unknown> {
  return redis.call(command.name, command.args);
}

export const remember = (item: string) => send(add("seen", item)); // want BF.ADD

export async function known(item: string): Promise<boolean> {
  const reply = await send(exists("seen", item)); // want BF.EXISTS
  return reply === 1;
}

// What the library sends through this is the library's matter.
export const limiter = rateLimit({
  store: new RedisStore({
    sendCommand: (command: string, ...args: string[]) => redis.call(command, ...args) as any,
  }),
});
