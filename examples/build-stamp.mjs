// Builds what is needed and not there yet: a build's outputs carry a stamp of its inputs.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Calls `build(output)` with an empty folder `build/` unless that was built from the same inputs (files and folders below
 * `folder`) by the same tool, whose version `versionCommand` prints. A missing tool ends the process with exit code 3 and `hint`.
 */
export function buildStamped(folder, { inputs, versionCommand, hint, build }) {
  const [tool, ...args] = versionCommand;
  const version = spawnSync(tool, args, { encoding: 'utf8' });
  if (version.error) {
    console.error(`${folder}: ${tool} not found. ${hint}`);
    process.exit(3);
  }
  const hash = createHash('sha256').update(version.stdout + version.stderr);
  for (const file of inputs.flatMap((input) => listFiles(join(folder, input))))
    hash.update(`${file}\0`).update(readFileSync(file));
  const stamp = hash.digest('hex');
  const output = join(folder, 'build');
  const stampFile = `${output}/.stamp`;
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  console.log(`Building ${folder} …`);
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output);
  build(output);
  writeFileSync(stampFile, stamp);
}

/** Runs a tool and ends the process with what it said when it fails. */
export function runTool(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', ...options });
  if (result.status === 0) return;
  console.error(`${command} ${args.join(' ')}\n${result.stdout}${result.stderr}`);
  process.exit(1);
}

/** All files below a path, sorted; the path itself when it is a file. */
export function listFiles(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .toSorted()
    .filter((name) => name !== 'build' && name !== 'bin' && name !== 'obj')
    .flatMap((name) => listFiles(join(path, name)));
}
