import { Inject, Injectable, OnModuleInit } from "@nestjs/common";
import { createClient, type RedisClientType } from "redis";
import IORedis, * as ns from "ioredis";
import type { Config } from "./config";
import legacy = require("legacy-redis");
export { createClient as make } from "redis";
export * from "./types";
export * as util from "./util";

export type Client = ReturnType<typeof createClient>;
type Options = Partial<{ url: string; client: Client | undefined; retry(n: number): void }>;
export const enum Cmd { Search = "FT.SEARCH", Info = "FT.INFO", Other }
export interface Store extends Base<Client> { readonly redis: ns.Redis; find(q: string): Promise<Doc[]> }

@Injectable()
export class SearchService extends Mixin(BaseService) implements Store, OnModuleInit {
  @Inject("REDIS_CLIENT") private readonly redis!: RedisClientType<any, any>;
  static readonly index = `idx:${process.env.NODE_ENV}`;
  #pipeline = this.redis.multi();
  private cache: Map<string, Client> = new Map();
  public handle = async (req: Request): Promise<void> => { await this.redis.ft.search("i", req.query.q); };

  constructor(private readonly config: Config, @InjectRedis() client?: IORedis, ...more: string[]) {
    super();
    this.raw = new IORedis(config.url, { protocol: 3 });
  }

  get json() { return this.redis.json; }
  static create(options: Options = {}) { return new this(options as Config); }

  find(q: string): Promise<Doc[]>;
  @Get(":id")
  async find(@Query("q") q: string): Promise<Doc[]> {
    const search = (await this.redis.ft.search(SearchService.index, q))!.documents;
    return (search as unknown as Doc[]).map(({ id, value: { title } }) => ({ id, title }));
  }

  async *scan(client: { redis: RedisClientType; key?: string }, [a, b]: [string, number]) {
    yield* client.redis.scanIterator();
    this.#pipeline.json.set(a, "$", <any>b);
  }
}

export const provider = {
  provide: "REDIS_CLIENT",
  useFactory: async (config: Config) => createClient(config.get<Options>("redis")).connect(),
  inject: [ConfigService],
};
export const { host, port: redisPort } = new URL(provider.url), Local = class extends SearchService {};
namespace Inner { export const cmd = Cmd.Search satisfies string; }
declare module "redis" { interface Augmented { x: string } }
declare global { var redis: Client }
globalThis.redis ??= createClient();
export default new SearchService(null as any);
