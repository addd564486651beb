import mysql from 'mysql2/promise';

const columns = new Set(['name', 'price']);
export const handler = async (event) => {
  const db = await mysql.createConnection({ host: process.env.HOST });
  const wanted = event.queryStringParameters?.order;
  const order = columns.has(wanted) ? wanted : 'name';
  const [rows] = await db.execute(`SELECT id, name FROM items ORDER BY ${order}`);
  return rows;
};
