/* @flow */
import type { Client } from "redis";
export function search(client: Client, q: string): Promise<Array<string>> {
  return client.ft.search("idx", (q: any));
}
const x: number = (search(client, "a"): any);
