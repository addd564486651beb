// Builds the runtime clients and the examples, each only when something changed. What this machine has no tools for is left out
// with a message. `node examples/build.mjs [name …]` builds only those (names as in examples.json).
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;
const examples = JSON.parse(readFileSync(join(folder, 'examples.json'), 'utf8'));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !examples.some((example) => example.name === name));
if (unknown.length > 0) {
  console.error(`There is no example ${unknown.join(', ')}: ${examples.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

let failed = false;
for (const { name, needs } of examples) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const steps = [join(folder, 'runtime-clients', name, 'install.mjs'), join(folder, name, 'build.mjs')];
  for (const step of steps.filter((file) => existsSync(file))) {
    const { status } = spawnSync(process.execPath, [step], { stdio: 'inherit' });
    if (status === 3) console.error(`Left out: the ${name} example. It needs ${needs}.`);
    else if (status !== 0) failed = true;
    if (status !== 0) break;
  }
}
process.exit(failed ? 1 : 0);
