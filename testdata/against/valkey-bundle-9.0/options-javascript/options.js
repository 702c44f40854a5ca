// Options of commands, given by objects and by words.
import { createClient, SCHEMA_FIELD_TYPE } from 'redis';
import Redis from 'ioredis';

const client = createClient();
const io = new Redis();

export async function swap(key, old, value) {
  await client.set(key, value, { condition: 'NX' });
  await client.set(key, value, { condition: 'IFEQ', matchValue: old });
  await client.set(key, value, { EX: 10, condition: 'IFDEQ', matchValue: old }); // want unsupported-option
  await client.bitOp('DIFF', 'to', ['a', 'b']); // want unsupported-option
  await client.multi().xAdd('s', '*', { f: 'v' }, { TRIM: { strategy: 'MAXLEN', threshold: 10, policy: 'ACKED' } }).exec(); // want unsupported-option
  await io.set(key, value, 'EX', 10);
  await io.set(key, value, 'IFNE', old); // want unsupported-option
  await io.xadd('s', 'DELREF', '*', 'f', 'v'); // want unsupported-option
}

export async function index() {
  await client.ft.create('idx', {
    tag: SCHEMA_FIELD_TYPE.TAG,
    title: SCHEMA_FIELD_TYPE.TEXT, // want unsupported-option
    '$.shop': {
      type: 'GEO', // want unsupported-option
      AS: 'shop',
    },
  }, {
    ON: 'HASH',
    NOHL: true, // want unsupported-option
  });
  await client.ft.search('idx', '*', { LIMIT: { from: 0, size: 10 }, DIALECT: 2 });
  return client.ft.search('idx', '*', {
    DIALECT: 1, // want unsupported-option
    VERBATIM: false,
    SORTBY: 'price', // want unsupported-option
  });
}
