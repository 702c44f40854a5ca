#!/usr/bin/env node
"use strict";
const redis = require("redis");
const { createClient, SchemaFieldTypes: Types = {} } = require("redis");
const Redis = require("ioredis").default;
const { format } = require("util");
require("dotenv").config();

const COMMANDS = Object.freeze({ SEARCH: "FT.SEARCH", ["IN" + "FO"]: "FT.INFO" });
const PREFIX = "FT.";
let client;

async function connect(url = process.env.REDIS_URL) {
  client = createClient({ url, RESP: 3 });
  client.on("error", (err) => console.error(err)); // keyvet:ignore resp-version known
  await client.connect();
  return client;
}

const run = (cmd, ...args) => client.sendCommand([cmd, ...args]);

async function search({ index, query: q = "*", options: { limit } = {}, ...rest }) {
  const { ft, json: docs } = client;
  const args = ["FT.SEARCH", index];
  args.push(q, ...rest.extra);
  let name = PREFIX + "AGGREGATE";
  name += " x";
  await client.sendCommand(args);
  for (const [label, cmd] of [["info", COMMANDS.INFO], ["list", "FT._LIST"]]) {
    await client.sendCommand([cmd, index]);
  }
  const found = await ft.search(index, q) ?? [];
  return docs ? found : await client?.["json.get"](index);
}

const script = ["redis.call('JSON.SET', KEYS[1])", "return 1"].join("\n");
const line = format("%s.%s %d%%", "FT", verb, 3);

module.exports = { connect, run, async get(key) { return client.json.get(key); } };
module.exports.search = search;
exports.commands = COMMANDS;
exports["line"] = line;
exports.late = void 0;
