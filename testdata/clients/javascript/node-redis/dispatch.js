// Commands and members that are kept by name.
import { createClient } from "redis";

const client = createClient();
const commands = new Map([
  ["find", "FT.SEARCH"],
  ["count", "FT.AGGREGATE"],
]);
const fields = Object.fromEntries([["json", "JSON.OBJKEYS"], ["hash", "HKEYS"]]);
const readers = new Map([
  ["series", client.ts.range],
  ["get", (key) => client.json.get(key)], // want JSON.GET
]);
const options = { get: (name) => process.env[name] };

export async function run(name, index) {
  await client.sendCommand([commands.get(name), index]); // want FT.SEARCH, FT.AGGREGATE
  await client.sendCommand([commands.get("find"), index]); // want FT.SEARCH
  await client.sendCommand([fields[name], index]); // want JSON.OBJKEYS
  for (const [_, command] of commands) {
    await client.sendCommand([command, index]); // want FT.SEARCH, FT.AGGREGATE
  }
  await client.sendCommand([options.get("COMMAND")]); // want ?
}

export const read = (name, key) => readers.get(name)(key, "-", "+"); // want TS.RANGE
