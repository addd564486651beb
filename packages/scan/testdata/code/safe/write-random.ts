import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
export const handler = async (event: { body: string }) => {
  const file = `/tmp/${randomUUID()}`;
  writeFileSync(file, event.body);
  return file;
};
