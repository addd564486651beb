import mysql from 'mysql2/promise';
export const handler = async (event) => {
  const db = await mysql.createConnection({ host: process.env.HOST });
  const order = event.queryStringParameters?.order ?? 'name';
  const [rows] = await db.execute(`SELECT id, name FROM items ORDER BY ${order}`);
  return rows;
};
