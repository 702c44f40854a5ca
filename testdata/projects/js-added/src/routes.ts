import people from "./client";
import { audit } from "./audit";

export async function nearby(tag: string) {
  const found = await people.findAsync("people", `@interests:{${tag}}`); // want FT.SEARCH
  audit.findAsync("people", tag);
  return Promise.all(found.map((id) => people.hgetallAsync(`person:${id}`)));
}
