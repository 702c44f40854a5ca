const bluebird = require("bluebird");
const redis = require("redis");

bluebird.promisifyAll(redis.RedisClient.prototype);
const client = redis.createClient();

async function search(query) {
  await client.ft_searchAsync("people", query); // want FT.SEARCH
  await client.send_commandAsync("JSON.GET", ["person:1"]); // want JSON.GET
  await client.getAsync("person:1");
}

module.exports = { search };
