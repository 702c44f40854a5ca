import { createClient } from 'redis';

const client = createClient({ url: 'redis://redis:6379', RESP: 2 });
await client.connect();

export async function add(cart, item) {
  await client.json.arrAppend(`cart:${cart}`, '$.items', item);
  const batch = client.multi();
  batch.cms.incrBy('views', { item: item.sku, incrementBy: 1 });
  await batch.exec();
}

export function restore(cookie) {
  return JSON.parse(cookie).items.sort(); // JSON, but not Redis
}
