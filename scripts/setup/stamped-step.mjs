import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './run.mjs';
import { step } from './say.mjs';

const skipped = new Set(['node_modules', 'dist', 'build', 'bin', 'obj', '.data', '.git']);

/**
 * Does a step unless it was done before with the same inputs and its outputs are still there.
 * Inputs are files and folders of the project; a folder counts with all files below it, without what is built.
 */
export async function stampedStep(name, { inputs, outputs }, work) {
  const stampFile = join(
    root,
    'node_modules',
    '.cache',
    'ringfence',
    `${name.replaceAll(/[^a-z0-9]+/gi, '-')}.stamp`,
  );
  const stamp = hashInputs(inputs);
  const isDone = () =>
    existsSync(stampFile) &&
    readFileSync(stampFile, 'utf8') === stamp &&
    outputs.every((path) => existsSync(join(root, path)));
  if (isDone()) return;
  rmSync(stampFile, { force: true });
  await step(name, work);
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
}

function hashInputs(inputs) {
  const hash = createHash('sha256').update(process.version);
  for (const path of inputs) addPath(hash, path);
  return hash.digest('hex');
}

function addPath(hash, path) {
  const full = join(root, path);
  if (!existsSync(full)) return;
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) if (!skipped.has(name)) addPath(hash, join(path, name));
  } else hash.update(`${path}\0`).update(readFileSync(full)).update('\0');
}
