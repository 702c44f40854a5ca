// Commands of the core that came after the fork.
import { createHash } from 'node:crypto';
import { createClient } from 'redis';

const client = await createClient().connect();

export async function commands(other) {
  await client.hExpire('h', 'f', 60);
  await client.vAdd('v', [0.1, 0.2], 'a'); // want VADD
  await client.multi().xAckDel('s', 'g', '1-0').hGetDel('h', 'f').exec(); // want XACKDEL
  await client.sendCommand(['BITOP', 'ANDOR', 'to', 'a', 'b']); // want unsupported-option
  await client.DIGEST('k'); // want DIGEST
  createHash('sha256').digest('hex');
  return other.vAdd('v', [0.1], 'a');
}
