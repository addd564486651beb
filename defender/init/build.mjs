// Builds the init and the guard library for x86_64 and arm64 with the same command. The init is static, against musl and
// BearSSL taken from Debian's packages for each architecture (unpacked below build/, so that the machine's own set of
// architectures stays as it is); the library stands on nothing but the kernel's and musl's headers. The detection engine
// comes as WebAssembly, which wasm2c turns into C.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { arch } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchPackages, run } from './debian.mjs';
import { packZeros, takeOutData } from './engine-data.mjs';
import { engineFolder, engineObject, headerFlags, rules, sources, sourcesAndHeaders } from './sources.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const guard = join(here, '../guard');
const engine = join(here, '../../packages/waas/build/waas.wasm');
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

/** Unpacks the architecture's musl and BearSSL below build/, once. */
function fetchSysroot(target) {
  return fetchPackages(packages, target.debian, join(here, 'build/sysroot', target.name));
}

function compilerOf(target) {
  return target.node === arch() ? 'gcc' : `${target.triple}-gnu-gcc`;
}

/** The headers of musl, BearSSL, the compiler and the kernel, and nobody else's. */
function headersOf(target, root) {
  const kernel =
    target.node === arch()
      ? ['/usr/include', `/usr/include/${target.triple}-gnu`]
      : [`/usr/${target.triple}-gnu/include`];
  return [
    '-nostdinc',
    '-isystem',
    join(root, 'usr/include', `${target.triple}-musl`),
    '-isystem',
    run(compilerOf(target), ['-print-file-name=include']).trim(),
    '-isystem',
    join(root, 'usr/include'),
    ...kernel.flatMap((folder) => ['-idirafter', folder]),
  ];
}

/** Turns the detection engine into C and compiles that, position-independent so that tests can link it too. */
function compileEngine(target) {
  const code = join(engineFolder, 'waas-module.c');
  const withoutData = join(engineFolder, 'waas.wasm');
  mkdirSync(engineFolder, { recursive: true });
  const taken = takeOutData(readFileSync(engine));
  writeFileSync(withoutData, taken.code);
  writeFileSync(
    join(engineFolder, 'waas-data.h'),
    `static const uint8_t waas_data[] = {${packZeros(taken.data)}};\n`,
  );
  run('wasm2c', ['--no-debug-names', '-n', 'waas', withoutData, '-o', code]);
  run(compilerOf(target), [
    ...[
      '-std=c11',
      '-DNDEBUG',
      '-Os',
      '-fPIE',
      '-w',
      '-ffunction-sections',
      '-fno-asynchronous-unwind-tables',
    ],
    ...target.flags,
    ...headersOf(target, fetchSysroot(target)),
    ...headerFlags,
    ...['-c', code, '-o', engineObject(target.name)],
  ]);
}

export function compileInit(target, { sources, output, extra = [] }) {
  const root = fetchSysroot(target);
  const compiler = compilerOf(target);
  const musl = join(root, 'usr/lib', `${target.triple}-musl`);
  const libgcc = run(compiler, ['-print-libgcc-file-name']).trim();
  mkdirSync(join(output, '..'), { recursive: true });
  run(compiler, [
    '-std=c11',
    '-D_GNU_SOURCE',
    `-DRINGFENCE_VERSION="${version}"`,
    '-Os',
    '-flto',
    '-flto-partition=one',
    '-ffunction-sections',
    '-fdata-sections',
    '-fno-asynchronous-unwind-tables',
    '-fno-pie',
    '-no-pie',
    '-fstack-protector-strong',
    ...target.flags,
    ...warnings,
    ...extra,
    ...headersOf(target, root),
    ...headerFlags,
    '-static',
    '-nostdlib',
    join(musl, 'crt1.o'),
    join(musl, 'crti.o'),
    ...sources,
    engineObject(target.name),
    join(root, 'usr/lib', `${target.triple}-gnu`, 'libbearssl.a'),
    join(musl, 'libc.a'),
    libgcc,
    join(musl, 'crtn.o'),
    '-Wl,--gc-sections',
    '-Wl,--sort-section=alignment', // small variables side by side, not scattered between page-aligned tables

    '-Wl,-z,norelro,-z,noexecstack,-z,noseparate-code',
    '-Wl,--build-id=none',
    '-T',
    join(here, 'init.ld'),
    '-s',
    '-o',
    `${output}.new`,
  ]);
  renameSync(`${output}.new`, output);
  return output;
}

/** No libc, no thread-local storage, no vector registers (a system call keeps them), little stack. */
export function compileGuard(target, { output, extra = [] }) {
  mkdirSync(join(output, '..'), { recursive: true });
  run(compilerOf(target), [
    '-std=c11',
    '-D_GNU_SOURCE',
    '-Os',
    '-flto',
    '-fPIC',
    '-fvisibility=hidden',
    '-mgeneral-regs-only',
    '-fno-stack-protector',
    '-fno-tree-loop-distribute-patterns', // memcpy must not become a call of itself
    '-fno-asynchronous-unwind-tables',
    '-ffunction-sections',
    '-fdata-sections',
    ...target.flags,
    ...warnings,
    ...extra,
    ...headersOf(target, fetchSysroot(target)),
    ...headerFlags,
    '-shared',
    '-nostdlib',
    ...sourcesOfGuard(),
    join(guard, 'src', `enter-${target.triple.split('-')[0]}.S`),
    join(guard, 'src/relocated.S'),
    ...rules,
    '-Wl,--gc-sections,--build-id=none,--hash-style=gnu,-soname,guard.so',
    '-Wl,-z,norelro,-z,now,-z,noexecstack,-z,initfirst,-z,defs,-z,noseparate-code',
    `-Wl,--version-script=${join(guard, 'guard.map')}`,
    '-T',
    join(guard, 'guard.ld'),
    '-s',
    '-o',
    `${output}.new`,
  ]);
  renameSync(`${output}.new`, output);
  return output;
}

function sourcesOfGuard() {
  const folder = join(guard, 'src');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.c'))
    .sort()
    .map((name) => join(folder, name));
}

function stampOf(target) {
  const hash = createHash('sha256')
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .update(readFileSync(join(here, 'engine-data.mjs')))
    .update(readFileSync(join(here, 'init.ld')))
    .update(readFileSync(engine))
    .update(readFileSync(join(guard, 'guard.ld')))
    .update(readFileSync(join(guard, 'guard.map')));
  hash.update(target.name).update(version);
  const library = readdirSync(join(guard, 'src')).sort();
  for (const path of [...sourcesAndHeaders, ...library.map((name) => join(guard, 'src', name))])
    hash.update(path).update(readFileSync(path));
  return hash.digest('hex');
}

const kilobytes = (path) => `${(statSync(path).size / 1024).toFixed(1)} KB`;

if (!existsSync(engine)) {
  console.error('init: the detection engine is not built; run "node packages/waas/scripts/build.mjs" first');
  process.exit(3);
}
for (const target of targets) {
  const init = join(here, 'build', target.name, 'ringfence-init');
  const library = join(here, 'build', target.name, 'guard.so');
  const stampFile = `${init}.stamp`;
  const stamp = stampOf(target);
  const isCurrent =
    existsSync(init) &&
    existsSync(library) &&
    existsSync(stampFile) &&
    readFileSync(stampFile, 'utf8') === stamp;
  if (!isCurrent) {
    compileEngine(target);
    compileInit(target, { sources, output: init });
    compileGuard(target, { output: library });
    writeFileSync(stampFile, stamp);
  }
  console.log(`init: ${target.name} ${kilobytes(init)} stripped, guard.so ${kilobytes(library)}`);
}
