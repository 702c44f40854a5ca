// A function without a name, known by what importers call it.
module.exports = async function (client, key) {
  return client.json.get(key, { path: "$" }); // want JSON.GET
};
