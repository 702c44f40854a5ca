// Asks a server for search results in the ways that node-redis offers; prints a line for each.
const { createClient } = require('redis');

const port = Number(process.argv[2]);

async function attempt(name, call) {
  try {
    const got = await call();
    if (Array.isArray(got)) console.log(name, 'gives list');
    else if (got.documents) console.log(name, 'finds', got.documents.length);
    else if (got.results) console.log(name, 'finds', got.results.length);
    else console.log(name, 'gives object');
  } catch (e) {
    console.log(name, 'raises', e.constructor.name);
  }
}

async function main() {
  for (const [mode, options] of Object.entries({ default: {}, 2: { RESP: 2 }, 3: { RESP: 3 } })) {
    const client = await createClient({ socket: { port }, ...options }).connect();
    await attempt(`${mode} FT.SEARCH`, () => client.ft.search('idx', '*'));
    await attempt(`${mode} FT.AGGREGATE`, () => client.ft.aggregate('idx', '*'));
    await attempt(`${mode} FT.INFO`, () => client.ft.info('idx'));
    client.destroy();
  }
}

main();
