// Files of Debian packages of any architecture, without a change of what is installed on this machine.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const lists = fileURLToPath(new URL('build/apt', import.meta.url));

/** Runs a tool of the build and returns what it printed; ends the build in words when it fails. */
export function run(command, args, options = {}) {
  try {
    return execFileSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8', ...options });
  } catch (error) {
    const words =
      error.code === 'ENOENT'
        ? `${command} is missing; run "npm run setup"`
        : `${error.stderr || error.message}`;
    console.error(`init: ${command} failed:\n${words}`);
    process.exit(3);
  }
}

/** apt's own lists for the architecture, below build/. */
const optionsFor = (architecture) => [
  '-q',
  ...[
    `APT::Architecture=${architecture}`,
    `APT::Architectures=${architecture}`,
    `Dir::State::Lists=${lists}/lists`,
    `Dir::Cache=${lists}/cache`,
    'APT::Sandbox::User=root',
    'Acquire::Languages=none',
  ].flatMap((option) => ['-o', option]),
];

/**
 * Unpacks packages of an architecture (Debian's name for it) into a folder, once; returns the folder. Of a package that
 * only names the present version of another (linux-image-arm64), the other one is meant.
 */
export function fetchPackages(packages, architecture, folder) {
  if (existsSync(join(folder, '.complete'))) return folder;
  rmSync(folder, { recursive: true, force: true });
  for (const needed of [folder, join(lists, 'lists/partial'), join(lists, 'cache/archives/partial')])
    mkdirSync(needed, { recursive: true });
  const options = optionsFor(architecture);
  console.log(`init: fetching ${packages.join(' and ')} for ${architecture}`);
  run('apt-get', [...options, 'update']);
  const named = packages.map((name) => presentVersion(name, options));
  run('apt-get', [...options, 'download', ...named.map((name) => `${name}:${architecture}`)], {
    cwd: folder,
  });
  for (const file of readdirSync(folder))
    if (file.endsWith('.deb')) run('dpkg-deb', ['-x', join(folder, file), folder]);
  writeFileSync(join(folder, '.complete'), '');
  return folder;
}

function presentVersion(name, options) {
  if (!name.startsWith('linux-image-')) return name;
  return /Depends: (linux-image-\S+)/.exec(run('apt-cache', [...options, 'depends', name]))?.[1] ?? name;
}
