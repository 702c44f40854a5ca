const redis = require("redis");
const books = require("redisearchclient")(redis, "books");

books.dropIndex((err) => console.log(err)); // want FT.DROP
books.client.quit();
