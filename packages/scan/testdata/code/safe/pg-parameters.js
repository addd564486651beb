const { Pool } = require('pg');
const pool = new Pool();
exports.handler = async (event) => {
  const client = await pool.connect();
  const { rows } = await client.query('SELECT * FROM users WHERE name = $1', [event.pathParameters.name]);
  return rows;
};
