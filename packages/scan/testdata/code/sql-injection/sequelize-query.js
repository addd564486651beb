const { Sequelize } = require('sequelize');
const sequelize = new Sequelize(process.env.DATABASE);
module.exports.handler = async (event) => {
  let where = '';
  if (event.queryStringParameters.city) where += ` WHERE city = '${event.queryStringParameters.city}'`;
  return sequelize.query('SELECT * FROM shops' + where);
};
