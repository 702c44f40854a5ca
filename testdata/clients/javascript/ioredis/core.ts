// Commands of the core that came after the fork.
import Redis from 'ioredis';

const redis = new Redis();

export async function commands(): Promise<void> {
  await redis.hexpire('h', 60, 'FIELDS', 1, 'f');
  await redis.vadd('v', 'VALUES', 1, 0.1, 'a'); // want VADD
  await redis.pipeline().xdelex('s', 'IDS', 1, '1-0').exec(); // want XDELEX
  await redis.call('VSIM', 'v', 'ELE', 'a'); // want VSIM
}
