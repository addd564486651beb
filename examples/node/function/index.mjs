// Makes thumbnails of grey pictures (PGM). Files of another kind are described by their first bytes.
import { exec } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { parsePgm } from './parse-pgm.mjs';
import { shrink } from './shrink.mjs';

const run = promisify(exec);

/** Event: `{ name, content }`, the content in base64. */
export const handler = async ({ name, content, size = 4 }) => {
  const bytes = Buffer.from(content, 'base64');
  const picture = parsePgm(bytes);
  if (picture) return { name, thumbnail: shrink(picture, size) };

  await writeFile('/tmp/upload', bytes);
  // The hole: the name of the uploaded file becomes part of a command line.
  const { stdout } = await run(`head -c 16 /tmp/upload | od -An -tx1 --endian=big; echo checked ${name}`);
  return { name, kind: 'unknown', signature: stdout.trim() };
};
