const knex = require('knex')({ client: 'pg' });
exports.handler = async (event) => {
  await knex('carts').where({ id: event.id }).update({ note: event.note });
  return knex.raw('select * from carts where id = ?', [event.id]);
};
