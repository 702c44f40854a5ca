const RedisTimeSeries = require('redistimeseries-js');

const rts = new RedisTimeSeries({ host: 'localhost', port: 6379 });

async function start() {
  await rts.connect();
  await rts.create('temperature').retention(60000).send(); // want TS.CREATE
  await rts.add('temperature', Date.now(), 21).send(); // want TS.ADD
  return rts.send('TS.INFO temperature'); // want TS.INFO
}

module.exports = start;
