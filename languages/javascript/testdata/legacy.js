var util = require('util'), redis = require('redis'), self;
function Store(options) {
  if (!(this instanceof Store)) return new Store(options);
  Base.call(this);
  this.client = options.client || redis.createClient(options.port, options.host, { no_ready_check: true });
}
util.inherits(Store, Base);
Store.prototype.search = function (q, cb) {
  var that = this;
  this.client.send_command('FT.SEARCH', [this.index, q], function (err, reply) { that.done(reply); cb(err); });
};
Object.assign(Store.prototype, { multi() { return this.client.multi([["json.set", "k"]]); }, name: 'store' });
var Other = function () {};
Other.prototype = { go: function go() { return go; } };
var api = {
  client: null,
  init: function () { this.client = redis.createClient(); },
  async get(k) { return this.client.json.get(k); },
  get ready() { return this.client.isReady; },
  set ready(v) { this.client.flag(v); },
};
exports = module.exports = Store;
exports.api = api;
Object.defineProperty(exports, "Other", { enumerable: true, get: function () { return Other; } });
__exportStar(require("./more"), exports);
