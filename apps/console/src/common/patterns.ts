import { type SqlBool, sql } from 'kysely';

export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** Whether a column is the text, in which `*` stands for any characters. */
export const matchesPattern = (column: string, pattern: string) =>
  pattern.includes('*')
    ? sql<SqlBool>`${sql.ref(column)} like ${escapeLike(pattern).replaceAll('*', '%')}`
    : sql<SqlBool>`${sql.ref(column)} = ${pattern}`;
