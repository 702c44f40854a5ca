// Makes the client, and gives it to whoever asks.
const { Graph } = require('redisgraph.js');

const held = new Graph('people', process.env.HOST, 6379);

module.exports = { session: () => held };
