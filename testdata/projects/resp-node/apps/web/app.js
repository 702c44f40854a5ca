import { createClient } from 'redis';
import Redis from 'ioredis';

const client = createClient({ url: process.env.REDIS_URL }); // want resp-default-drift
const unseen = createClient(options);
const pinned = createClient({ RESP: 2 }); // want resp2-pinned
await client.sendCommand(['HGETALL', 'h']); // want resp3-raw-reply
await pinned.sendCommand(['HGETALL', 'h']);
await unseen.sendCommand(['HGETALL', 'h']);

const io = new Redis('redis://localhost:6379'); // want resp-default-drift
await io.call('ZRANGE', 'z', '0', '-1', 'WITHSCORES'); // want resp3-raw-reply
await io.call('HGETALL', 'h');
const text = new Redis('redis://localhost:6379?protocol=3'); // want resp-setting-ignored
