// Members called by way of a function's own members.
const Redis = require('ioredis');

const redis = new Redis();

function send(...words) {
  return redis.call.apply(redis, words);
}

module.exports = {
  find: (text) => send('FT.SEARCH', 'idx', text), // want FT.SEARCH
  all(keys) {
    const args = ['JSON.MGET'].concat(keys, '$');
    return redis.call.apply(redis, args); // want JSON.MGET
  },
  first: (key) => redis.call.call(redis, 'JSON.GET', key), // want JSON.GET
  plain: (key) => redis.get.apply(redis, [key]),
  name: (handler, req) => handler.call(req, 'FT.SEARCH'), // another object's
};
