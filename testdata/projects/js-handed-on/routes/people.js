// Nor does the one that passes it.
const { session } = require('../store/connection');
const people = require('../models/people');

exports.show = (req, res, next) =>
  people.byName(session(), req.params.name).then((person) => res.json(person)).catch(next);

exports.friends = (req, res) => new people.Friends(session()).of(req.params.name).then((all) => res.json(all));
