const { Sequelize } = require('sequelize');
const sequelize = new Sequelize(process.env.DATABASE);
module.exports.handler = async (event) =>
  sequelize.query('SELECT * FROM shops WHERE city = :city', {
    replacements: { city: event.queryStringParameters.city },
  });
