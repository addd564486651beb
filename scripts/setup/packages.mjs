import { existsSync, readdirSync } from 'node:fs';
import { arch } from 'node:os';
import { delimiter, join } from 'node:path';

const command = (name) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, name)));
const anyFile = (...paths) => paths.some((path) => existsSync(path));
const folderHas = (folder, pattern) =>
  existsSync(folder) && readdirSync(folder).some((name) => pattern.test(name));

/** The compiler for the architecture that this machine does not have. */
const cross =
  arch() === 'arm64'
    ? [
        { name: 'gcc-x86-64-linux-gnu', present: () => command('x86_64-linux-gnu-gcc') },
        {
          name: 'libc6-dev-amd64-cross',
          present: () => anyFile('/usr/x86_64-linux-gnu/include/linux/seccomp.h'),
        },
      ]
    : [
        { name: 'gcc-aarch64-linux-gnu', present: () => command('aarch64-linux-gnu-gcc') },
        {
          name: 'libc6-dev-arm64-cross',
          present: () => anyFile('/usr/aarch64-linux-gnu/include/linux/seccomp.h'),
        },
      ];

/** Debian packages that the build and the demonstration of `npm start` need. What is there by other means counts too. */
const forStart = [
  { name: 'gcc', present: () => command('gcc') },
  { name: 'libc6-dev', present: () => anyFile('/usr/include/stdio.h') },
  { name: 'linux-libc-dev', present: () => anyFile('/usr/include/linux/seccomp.h') },
  ...cross,
  { name: 'wabt', present: () => command('wasm2c') },
  { name: 'python3', present: () => command('python3') },
];

/** What the tests need on top: all runtimes, zip tools, a browser, an emulator, checkers. */
const forTest = [
  { name: 'clang-format', present: () => command('clang-format') },
  { name: 'qemu-user', present: () => command('qemu-aarch64') },
  { name: 'python3-pip-whl', present: () => folderHas('/usr/share/python-wheels', /^pip-/) },
  { name: 'python3-setuptools-whl', present: () => folderHas('/usr/share/python-wheels', /^setuptools-/) },
  { name: 'ruby', present: () => command('ruby') },
  { name: 'default-jdk-headless', present: () => command('javac') },
  { name: 'libgoogle-gson-java', present: () => anyFile('/usr/share/java/gson.jar') },
  { name: 'postgresql', present: () => anyFile('/usr/lib/postgresql') },
  { name: 'libpostgresql-jdbc-java', present: () => anyFile('/usr/share/java/postgresql.jar') },
  { name: 'python3-boto3', present: () => anyFile('/usr/lib/python3/dist-packages/boto3') },
  { name: 'python3-psycopg2', present: () => anyFile('/usr/lib/python3/dist-packages/psycopg2') },
  { name: 'ruby-aws-sdk-s3', present: () => anyFile('/usr/lib/ruby/vendor_ruby/aws-sdk-s3.rb') },
  { name: 'ruby-pg', present: () => anyFile('/usr/lib/ruby/vendor_ruby/pg.rb') },
  { name: 'iproute2', present: () => command('ip') },
  { name: 'musl-tools', present: () => command('musl-gcc') },
  { name: 'zsh', present: () => command('zsh') },
  { name: 'fish', present: () => command('fish') },
  { name: 'zip', present: () => command('zip') },
  { name: 'unzip', present: () => command('unzip') },
  { name: 'chromium', present: () => command('chromium') },
  { name: 'fonts-dejavu-core', present: () => anyFile('/usr/share/fonts/truetype/dejavu') },
  { name: 'g++', present: () => command('g++') },
  { name: 'make', present: () => command('make') },
  { name: 'cmake', present: () => command('cmake') },
  { name: 'autoconf', present: () => command('autoconf') },
  { name: 'automake', present: () => command('automake') },
  {
    name: 'libtool',
    present: () => anyFile('/usr/share/libtool') || folderHas('/usr/share/aclocal', /^libtool/),
  },
  { name: 'xz-utils', present: () => command('xz') },
];

/** What fuzzing needs on top of `start`: a compiler with libFuzzer, and its runtime. */
const forFuzz = [
  { name: 'clang-14', present: () => command('clang-14') },
  {
    name: 'libclang-rt-14-dev',
    present: () =>
      anyFile(
        '/usr/lib/llvm-14/lib/clang/14.0.6/lib/linux/libclang_rt.fuzzer-x86_64.a',
        '/usr/lib/llvm-14/lib/clang/14.0.6/lib/linux/libclang_rt.fuzzer-aarch64.a',
      ),
  },
];

/** What a machine of arm64 needs on top of `start`: its emulator, and what packs its file system. */
const forArm64 = [
  { name: 'qemu-system-arm', present: () => command('qemu-system-aarch64') },
  { name: 'cpio', present: () => command('cpio') },
];

const needed = {
  start: forStart,
  test: [...forStart, ...forTest],
  fuzz: [...forStart, ...forFuzz],
  arm64: [...forStart, ...forArm64],
};

/** Names of the Debian packages that are missing on this machine. `needs`: `start`, `test`, `fuzz` or `arm64`. */
export function findMissingPackages(needs) {
  return needed[needs].filter(({ present }) => !present()).map(({ name }) => name);
}
