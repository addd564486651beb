// Builds each libFuzzer harness with ASan and UBSan and runs it for a fixed number of inputs.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engineFolder, headerFlags, sourceOf } from '../sources.mjs';

const init = fileURLToPath(new URL('..', import.meta.url));
const sysroot = join(init, 'build/sysroot/x86_64/usr');
const runs = process.env.FUZZ_RUNS ?? '200000';

/** The engine with coverage alone: in generated code no sanitizer looks for mistakes. Built only when it is fuzzed. */
const engine = join(engineFolder, 'fuzzed.o');

/** The sources that each harness is built with (names of the init's, paths of others), and the folder with its seeds. */
const harnesses = {
  certificate: { sources: ['certificate', 'shim'], seeds: 'certificate-seeds' },
  console: { sources: ['queue', 'http'], seeds: 'console-seeds' },
  dns: {
    sources: ['dns', 'dns-message', 'name-servers', 'address', 'lines', 'loop'],
    seeds: 'dns-seeds',
  },
  http: { sources: ['http'], seeds: 'http-seeds' },
  miner: { sources: ['miner'], seeds: 'miner-seeds' },
  message: {
    sources: [
      ...['message', 'socket-address', 'descriptor', 'target', 'window', 'firm-path', 'patience'],
      ...['rules-network', 'glob', 'names'],
    ],
    seeds: 'message-seeds',
  },
  policy: {
    sources: [
      ...[
        'policy',
        'pattern',
        'glob',
        'rules-process',
        'rules-network',
        'rules-files',
        'rules-secrets',
        'miner',
      ],
      ...['names', 'configuration', 'json'],
    ],
    seeds: '../../../packages/policy/testdata',
  },
  resolver: {
    sources: [
      ...['lookup', 'answers', 'lookup-meter', 'miner', 'dns-message', 'aliases', 'reverse', 'names'],
      ...['rules-network', 'glob', 'json'],
    ],
    seeds: 'resolver-seeds',
  },
  signature: { sources: ['signature', 'shim'], seeds: 'signature-seeds' },
  sites: {
    sources: ['code-search', 'site-list', 'site-x86_64', 'instruction'].map((name) =>
      join(init, '../guard/src', `${name}.c`),
    ),
    seeds: 'sites-seeds',
  },
  waas: {
    sources: ['engine', 'waas', 'waas-audit', 'json', 'effect', engine],
    seeds: 'waas-seeds',
  },
  tls: { sources: ['tls', 'certificate'], seeds: 'tls-seeds' },
};

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: init, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

const wanted = process.argv.slice(2);
for (const [name, { sources, seeds }] of Object.entries(harnesses)) {
  if (wanted.length && !wanted.includes(name)) continue;
  const program = join(init, 'build/fuzz', name);
  const corpus = join(init, 'build/fuzz', `${name}-corpus`);
  mkdirSync(corpus, { recursive: true });
  console.log(`fuzz: ${name}, ${runs} inputs`);
  if (sources.includes(engine))
    run('clang-14', [
      ...['-std=c11', '-DNDEBUG', '-w', '-O1', '-fsanitize=fuzzer-no-link', ...headerFlags],
      ...['-c', join(engineFolder, 'waas-module.c'), '-o', engine],
    ]);
  run('clang-14', [
    ...[
      '-std=c11',
      '-D_GNU_SOURCE',
      '-DRINGFENCE_VERSION="0.0.0"',
      '-g',
      '-O1',
      '-fsanitize=fuzzer,address,undefined',
      '-fno-sanitize-recover=all',
    ],
    ...[
      '-isystem',
      join(sysroot, 'include'),
      '-isystem',
      join(sysroot, 'include/bearssl'),
      `fuzz/fuzz-${name}.c`,
    ],
    ...headerFlags,
    ...sources.map((source) => (isAbsolute(source) ? source : sourceOf(source))),
    ...[join(sysroot, 'lib/x86_64-linux-gnu/libbearssl.a'), '-o', program],
  ]);
  const folders = [corpus, join('fuzz', seeds)].filter(
    (folder) => existsSync(join(init, folder)) || existsSync(folder),
  );
  run(program, ['-max_len=8192', `-runs=${runs}`, '-verbosity=0', '-print_final_stats=1', ...folders]);
}
console.log(
  `fuzz: nothing found by ${readdirSync(join(init, 'build/fuzz')).filter((name) => !name.includes('-')).length} harnesses`,
);
