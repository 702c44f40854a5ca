const connection = require("./connection");
const Documents = require("./store");
const withCache = require("./cache");

const documents = new Documents(connection.client);

exports.search = async (query) => {
  const hits = await connection.ftSearch(["idx:goods", query]); // want FT.SEARCH
  const terms = await connection.command("FT.TAGVALS", ["idx:goods", "colour"]); // want FT.TAGVALS
  await connection.command("HSET", ["last", "query", query]);
  await connection.hgetall("goods:1");
  return documents.run("json_get", [hits[1], "."]); // want JSON.GET
};

exports.cached = (key) => withCache(connection.client, key);
