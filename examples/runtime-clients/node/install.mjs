// Installs AWS's own runtime interface client for Node. Its native part compiles curl, which takes about a minute and
// needs cmake, autoconf, automake, libtool, make, g++ and xz-utils: hence no workspace, and a stamp.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const stampFile = join(folder, 'build', 'stamp');
const stamp = createHash('sha256')
  .update(readFileSync(join(folder, 'package-lock.json')))
  .update(`${process.arch} ${process.versions.modules}`)
  .digest('hex');
const addon = join(folder, 'node_modules', 'aws-lambda-ric', 'dist', 'rapid-client.node');

if (existsSync(addon) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) process.exit(0);

const tools = ['cmake', 'autoconf', 'automake', 'libtoolize', 'make', 'g++', 'xz'];
const missing = tools.filter((tool) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).error);
if (missing.length > 0) {
  console.error(
    `The Node runtime client cannot be built: ${missing.join(', ')} not found. ` +
      'Install them: apt-get install cmake autoconf automake libtool make g++ xz-utils',
  );
  process.exit(3);
}

console.log("Building AWS's runtime interface client for Node (about a minute, only once) …");
const prefix = dirname(dirname(process.execPath));
const headers = existsSync(join(prefix, 'include', 'node', 'node.h')) ? { npm_config_nodedir: prefix } : {};
const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
  cwd: folder,
  env: { ...process.env, ...headers },
  encoding: 'utf8',
});
if (npm.status !== 0 || !existsSync(addon)) {
  console.error(npm.stdout, npm.stderr);
  console.error(`The Node runtime client could not be built: npm ci in ${folder} failed (see above).`);
  process.exit(1);
}
mkdirSync(dirname(stampFile), { recursive: true });
writeFileSync(stampFile, stamp);
