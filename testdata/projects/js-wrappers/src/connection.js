const redis = require("redis");
const { promisify } = require("util");

const client = redis.createClient({ url: process.env.REDIS_URL });

// Members made into promises, and handed on.
const ftSearch = promisify(client.ft_search).bind(client);
const command = promisify(client.send_command).bind(client);
const hgetall = promisify(client.hgetall).bind(client);

module.exports = { client, ftSearch, command, hgetall };
