const knex = require('knex')({ client: 'pg' });
exports.handler = async (event) => knex.raw(`update carts set note = '${event.note}' where id = 1`);
