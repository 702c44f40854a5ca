import { createClient } from 'redis';

const client = createClient();
await client.sendCommand(['HGETALL', 'h']);
const three = createClient({ RESP: 3 }); // want resp3-enabled
await three.sendCommand(['HGETALL', 'h']); // want resp3-raw-reply
