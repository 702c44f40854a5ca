const { Graph } = require('redisgraph.js');

const graph = new Graph('social');

async function friends(name) {
  const result = await graph.query('MATCH (p) RETURN p', { name }); // want GRAPH.QUERY
  while (result.hasNext()) console.log(result.next().get('p'));
  await graph.deleteGraph(); // want GRAPH.DELETE
  graph.close();
}

module.exports = friends;
