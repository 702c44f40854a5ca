import { FalkorDB, Graph } from 'falkordb';

async function count(graph: Graph) {
  return graph.roQuery('MATCH (p) RETURN count(p)'); // want GRAPH.RO_QUERY
}

export async function main() {
  const db = await FalkorDB.connect({ socket: { host: 'localhost', port: 6379 } });
  const graph = db.selectGraph('social');
  await graph.query("CREATE (:Person {name: 'Ann'})"); // want GRAPH.QUERY
  console.log(await db.list(), await count(graph)); // want GRAPH.LIST
  await db.close();
}
