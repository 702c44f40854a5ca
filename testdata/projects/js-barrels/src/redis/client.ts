import { createClient } from "redis";
import Redis, { Command } from "ioredis";
import { Connection, Words } from ".";

// The words are taken apart on their way; callers say what is sent.
export class NodeConnection extends Connection {
  constructor(private readonly client: ReturnType<typeof createClient>) { super(); }
  async sendCommand(words: Words, options?: object): Promise<unknown> {
    return this.client.sendCommand(Connection.flat(words), options);
  }
}

export abstract class IoBase extends Connection {
  constructor(protected readonly client: Redis) { super(); }
  async sendCommand(words: Words): Promise<unknown> {
    const [name, ...args] = Connection.flat(words) as string[];
    return this.client.sendCommand(new Command(name, args));
  }
}

export class IoConnection extends IoBase {}
