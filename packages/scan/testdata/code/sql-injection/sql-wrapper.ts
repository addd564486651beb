import type { Database } from './types';

class Users {
  constructor(private readonly db: Database) {}
  find(email: string) {
    const sql = `select * from users where email = '${email}'`;
    return this.db.query({ text: sql });
  }
}
export const makeHandler = (db: Database) => db;
export const handler = async (event: { body: string }, context: { db: Database }) =>
  new Users(context.db).find(JSON.parse(event.body).email);
