import { createClient } from "redis";

const client = createClient();

interface Hybrid {
  hybrid(index: string, options: object): Promise<{ totalResults: number }>;
}

// The cast says less than what is known.
export async function both(index: string) {
  const ft = client.ft as unknown as Hybrid;
  const reply = await ft.hybrid(index, {}); // want FT.HYBRID
  const typed = client.ft as unknown as { search(index: string, query: string): Promise<string[]> };
  return [reply, await typed.search(index, "*")]; // want FT.SEARCH
}
