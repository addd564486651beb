import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = '/var/task/pages/';
export const handler = async (event) => {
  const file = resolve(root, event.page);
  if (!file.startsWith(root)) return { statusCode: 404 };
  return readFileSync(file, 'utf8');
};
