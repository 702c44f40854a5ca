import { createClient } from 'redis';

const client = await createClient().connect(); // want resp-default-drift
await client.ft.search('idx', '*');
await client.ft.aggregate('idx', '*'); // want search-on-resp3
const old = await createClient({ RESP: 2 }).connect(); // want resp2-pinned
await old.ft.aggregate('idx', '*');
