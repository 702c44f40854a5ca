import Redis from 'ioredis-rejson';

const redis = new Redis({ host: 'localhost' });

export async function save(id, product) {
  await redis.set(`name:${id}`, product.name);
  await redis.json_set(id, '.', product); // want JSON.SET
  return redis.json_get(id); // want JSON.GET
}
