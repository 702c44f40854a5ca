import { run } from "./console";

const near = (id: string) => `VSIM people ELE "${id}" WITHSCORES`;

export async function similar(id: string) {
  const query = near(id);
  await run(query); // want VSIM
  await run(`GET "person:${id}"`);
  await run(`VEMB people "${id}"`); // want VEMB
}
