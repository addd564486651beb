import { readFileSync } from 'node:fs';
export const handler = async (event) => {
  if (!event.page.startsWith('/var/task/pages/')) return { statusCode: 404 };
  return readFileSync(event.page, 'utf8');
};
