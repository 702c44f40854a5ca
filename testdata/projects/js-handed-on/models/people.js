// Nothing here says what is passed.
const byName = (session, name) =>
  session.query('MATCH (p:person {name: $name}) RETURN p', { name }).then((found) => found); // want GRAPH.QUERY

class Friends {
  constructor(session) {
    this.session = session;
  }

  of(name) {
    return this.session.query(`MATCH (:person {name: '${name}'})-[:knows]->(f) RETURN f`); // want GRAPH.QUERY
  }
}

const parse = (reader, text) => reader.query(text); // another query

module.exports = { byName, Friends, parse };
