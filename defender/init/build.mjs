// Builds the init for x86_64 and arm64 with the same command: static, against musl and BearSSL taken from Debian's
// packages for each architecture (unpacked below build/, so that the machine's own set of architectures stays as it is).
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { arch } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const packages = ['musl-dev', 'libbearssl-dev'];
const version = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')).version;

const targets = [
  { name: 'x86_64', debian: 'amd64', triple: 'x86_64-linux', node: 'x64', flags: ['-fcf-protection=none'] },
  { name: 'arm64', debian: 'arm64', triple: 'aarch64-linux', node: 'arm64', flags: ['-mno-outline-atomics'] },
];

const warnings = [
  '-Wall',
  '-Wextra',
  '-Werror',
  '-Wshadow',
  '-Wvla',
  '-Wwrite-strings',
  '-Wstrict-prototypes',
];

function run(command, args, options = {}) {
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

/** Unpacks the architecture's musl and BearSSL below build/, once. */
function fetchSysroot(target) {
  const root = join(here, 'build', 'sysroot', target.name);
  if (existsSync(join(root, '.complete'))) return root;
  rmSync(root, { recursive: true, force: true });
  const lists = join(here, 'build', 'apt');
  for (const folder of [root, join(lists, 'lists/partial'), join(lists, 'cache/archives/partial')])
    mkdirSync(folder, { recursive: true });
  const options = [
    '-q',
    '-o',
    `APT::Architecture=${target.debian}`,
    '-o',
    `APT::Architectures=${target.debian}`,
    '-o',
    `Dir::State::Lists=${lists}/lists`,
    '-o',
    `Dir::Cache=${lists}/cache`,
    '-o',
    'APT::Sandbox::User=root',
    '-o',
    'Acquire::Languages=none',
  ];
  console.log(`init: fetching ${packages.join(' and ')} for ${target.name}`);
  run('apt-get', [...options, 'update']);
  run('apt-get', [...options, 'download', ...packages.map((name) => `${name}:${target.debian}`)], {
    cwd: root,
  });
  for (const file of readdirSync(root))
    if (file.endsWith('.deb')) run('dpkg-deb', ['-x', join(root, file), root]);
  writeFileSync(join(root, '.complete'), '');
  return root;
}

function compilerOf(target) {
  return target.node === arch() ? 'gcc' : `${target.triple}-gnu-gcc`;
}

export function compileInit(target, { sources, output, extra = [] }) {
  const root = fetchSysroot(target);
  const compiler = compilerOf(target);
  const musl = join(root, 'usr/lib', `${target.triple}-musl`);
  const kernelHeaders =
    target.node === arch()
      ? ['/usr/include', `/usr/include/${target.triple}-gnu`]
      : [`/usr/${target.triple}-gnu/include`];
  const gccInclude = join(run(compiler, ['-print-file-name=include']).trim());
  const libgcc = run(compiler, ['-print-libgcc-file-name']).trim();
  mkdirSync(join(output, '..'), { recursive: true });
  run(compiler, [
    '-std=c11',
    '-D_GNU_SOURCE',
    `-DRINGFENCE_VERSION="${version}"`,
    '-Os',
    '-flto',
    '-ffunction-sections',
    '-fdata-sections',
    '-fno-asynchronous-unwind-tables',
    '-fno-pie',
    '-no-pie',
    '-fstack-protector-strong',
    ...target.flags,
    ...warnings,
    ...extra,
    '-nostdinc',
    '-isystem',
    join(root, 'usr/include', `${target.triple}-musl`),
    '-isystem',
    gccInclude,
    '-isystem',
    join(root, 'usr/include'),
    ...kernelHeaders.flatMap((folder) => ['-idirafter', folder]),
    '-static',
    '-nostdlib',
    join(musl, 'crt1.o'),
    join(musl, 'crti.o'),
    ...sources,
    join(root, 'usr/lib', `${target.triple}-gnu`, 'libbearssl.a'),
    join(musl, 'libc.a'),
    libgcc,
    join(musl, 'crtn.o'),
    '-Wl,--gc-sections',
    '-Wl,--sort-section=alignment', // small variables side by side, not scattered between page-aligned tables

    '-Wl,-z,relro,-z,now,-z,noexecstack',
    '-Wl,--build-id=none',
    '-T',
    join(here, 'discard.ld'),
    '-s',
    '-o',
    `${output}.new`,
  ]);
  renameSync(`${output}.new`, output);
  return output;
}

function sourcesOf(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.c'))
    .sort()
    .map((name) => join(folder, name));
}

function stampOf(target) {
  const hash = createHash('sha256')
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .update(readFileSync(join(here, 'discard.ld')));
  hash.update(target.name).update(version);
  for (const name of readdirSync(join(here, 'src')).sort())
    hash.update(name).update(readFileSync(join(here, 'src', name)));
  return hash.digest('hex');
}

for (const target of targets) {
  const output = join(here, 'build', target.name, 'ringfence-init');
  const stampFile = `${output}.stamp`;
  const stamp = stampOf(target);
  if (!existsSync(output) || !existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
    compileInit(target, { sources: sourcesOf(join(here, 'src')), output });
    writeFileSync(stampFile, stamp);
  }
  console.log(`init: ${target.name} ${(statSync(output).size / 1024).toFixed(1)} KB stripped`);
}
