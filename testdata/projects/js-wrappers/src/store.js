// A class made by a constructor function; the module is the class.
function DocumentStore(client) {
  this.client = client;
}

DocumentStore.prototype.run = function (member, params) {
  return new Promise((resolve, reject) => {
    this.client[member](params, (err, reply) => (err ? reject(err) : resolve(reply)));
  });
};

DocumentStore.prototype.info = function (index) {
  return this.client.ft_info(index); // want FT.INFO
};

module.exports = DocumentStore;
