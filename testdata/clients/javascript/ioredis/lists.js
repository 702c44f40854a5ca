// Commands of a pipeline, in lists that are built up.
const Redis = require("ioredis");

const redis = new Redis();

async function save(people) {
  const commands = [];
  for (const person of people) {
    commands.push(["JSON.SET", person.key, "$", JSON.stringify(person)]); // want JSON.SET
    commands.push(["expire", person.key, 60], ["bf.add", "seen", person.key]); // want BF.ADD
  }
  await redis.multi(commands).exec();
}

async function load(keys) {
  const commands = keys.map((key) => ["json.get", key]); // want JSON.GET
  await redis.pipeline(commands).exec();
  await redis.pipeline([...keys.map((key) => ["topk.add", "hot", key]), ["get", "x"]]).exec(); // want TOPK.ADD
  await redis.pipeline(keys.flatMap((key) => [["get", key], ["json.type", key]])).exec(); // want JSON.TYPE
  await redis.pipeline(Array.from(keys, (key) => { return ["json.objlen", key]; })).exec(); // want JSON.OBJLEN
  await redis.pipeline(keys.map((key) => ["get", key])).exec();
}

class Batch {
  constructor() {
    this.commands = [];
  }

  count(key) {
    this.commands.push(["CMS.INCRBY", "visits", key, 1]); // want CMS.INCRBY
    return this;
  }

  run() {
    return redis.pipeline(this.commands).exec();
  }
}

module.exports = { save, load, Batch };
