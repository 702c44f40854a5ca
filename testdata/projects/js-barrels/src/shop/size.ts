import { Connection } from "../redis";

export async function size(connection: Connection, key: string) {
  if ((await connection.sendCommand(["json.type", key])) === "array") { // want JSON.TYPE
    return connection.sendCommand(["json.arrlen", key]); // want JSON.ARRLEN
  }
  return connection.sendCommand(["strlen", key]);
}
