import { RedisTimeSeriesFactory, Sample } from 'redis-time-series-ts';

const factory = new RedisTimeSeriesFactory({ port: 6379 });
const client = factory.create();

export async function measure(value: number) {
  await client.add(new Sample('temperature', value, Date.now())); // want TS.ADD
  await client.expire('temperature', 60);
  return client.revRange('temperature', undefined as never); // want TS.REVRANGE
}
