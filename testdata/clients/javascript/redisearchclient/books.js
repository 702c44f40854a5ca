import redis from "redis";
import redisearch from "redis-redisearch";
import index from "redisearchclient";

redisearch(redis);

const books = index(redis.createClient(), "books");

export function prepare(done) {
  books.createIndex([books.fieldDefinition.text("title")], done); // want FT.CREATE
}

export function find(title) {
  return new Promise((resolve, reject) =>
    books.search(`@title:(${title}*)`, (err, found) => (err ? reject(err) : resolve(found.results))) // want FT.SEARCH
  );
}

export function load(all) {
  const batch = books.batch();
  for (const book of all) batch.add(book.id, book); // want FT.ADD
  batch.exec();
  new Set().add(all);
}
