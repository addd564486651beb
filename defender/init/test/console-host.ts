import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { arch, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { sources as allSources, engineObject, headerFlags, sourceOf } from '../sources.mjs';

const init = fileURLToPath(new URL('..', import.meta.url));
const target =
  arch() === 'arm64'
    ? { name: 'arm64', triple: 'aarch64-linux' }
    : { name: 'x86_64', triple: 'x86_64-linux' };
const bearssl = `${init}build/sysroot/${target.name}/usr`;

/** `RINGFENCE_VALGRIND=1`: by Valgrind, which also sees memory that nobody has written. */
const byValgrind = process.env.RINGFENCE_VALGRIND === '1';

/** What runs a program under Valgrind. */
function wrapInValgrind(executable: string): string {
  const wrapper = `${executable}.sh`;
  writeFileSync(wrapper, `#!/bin/sh\nexec valgrind -q --error-exitcode=99 ${executable} "$@"\n`, {
    mode: 0o755,
  });
  return wrapper;
}

/** Builds a test program from sources of the init, checked by ASan and UBSan; returns the executable. */
export function buildChecked(name: string, sources: string[], definitions: string[] = []): string {
  const executable = `${init}build/test/${name}${byValgrind ? '-plain' : ''}`;
  const made = `${executable}.${process.pid}`; // other test files may build and start the same at this moment
  mkdirSync(`${init}build/test`, { recursive: true });
  execFileSync(
    'gcc',
    [
      ...[
        '-std=c11',
        '-D_GNU_SOURCE',
        '-DRINGFENCE_VERSION="0.0.0"',
        '-O1',
        '-g',
        '-include',
        'stdlib.h',
        ...definitions.map((text) => `-D${text}`),
      ],
      ...[
        '-Wall',
        '-Wextra',
        '-Werror',
        '-Wshadow',
        '-Wvla',
        ...(byValgrind
          ? ['-Wno-format-truncation']
          : ['-fsanitize=address,undefined', '-fno-sanitize-recover=all']),
      ],
      ...[
        '-isystem',
        `${bearssl}/include`,
        ...headerFlags,
        ...sources,
        ...(sources.includes(sourceOf('engine')) ? [engineObject(target.name)] : []),
        `${bearssl}/lib/${target.triple}-gnu/libbearssl.a`,
        '-lm',
        '-o',
        made,
      ],
    ],
    { cwd: init, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  renameSync(made, executable);
  return byValgrind ? wrapInValgrind(executable) : executable;
}

/** Builds a test program with all of the init but its `main`, with files and port of name servers from the environment. */
export const buildHost = (name: string, definitions: string[] = []) =>
  buildChecked(
    name,
    [...allSources.filter((file) => file !== sourceOf('main')), `test/${name}.c`],
    [
      'HOSTS_FILE=getenv("TEST_HOSTS")',
      'RESOLV_FILE=getenv("TEST_RESOLV")',
      'DNS_PORT=(uint16_t)atoi(getenv("TEST_DNS_PORT"))',
      ...definitions,
    ],
  );

export const buildConsoleHost = () =>
  buildHost('console-host', ['LINK_PATIENCE_MS=1000', 'CONSOLE_PATIENCE_MS=1000']);

export type ConsoleHostOptions = {
  address: string;
  authorities?: Uint8Array[];
  token?: string;
  deliveryMs?: number;
  refreshSeconds?: number;
  hosts?: string;
  resolv?: string;
  dnsPort?: number;
};

export type ConsoleHost = Awaited<ReturnType<typeof startConsoleHost>>;

export function startConsoleHost(executable: string, options: ConsoleHostOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-console-'));
  const write = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const authorities = (options.authorities ?? []).map((der, index) => write(`${index}.der`, der));
  const settings = [options.deliveryMs ?? 2000, options.refreshSeconds ?? 3600];
  const child = spawn(
    executable,
    [options.address, options.token ?? 'rf1.token', ...settings.map(String), ...authorities],
    {
      env: {
        TEST_HOSTS: write('hosts', options.hosts ?? '127.0.0.1 localhost\n'),
        TEST_RESOLV: write('resolv.conf', options.resolv ?? ''),
        TEST_DNS_PORT: `${options.dnsPort ?? 1}`,
      },
    },
  );
  let errors = '';
  child.stderr.on('data', (bytes) => {
    errors += bytes;
  });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  return {
    lines,
    /** Waits until it told a line that contains these words. */
    async told(words: string) {
      const search = () => lines.find((line) => line.includes(words));
      while (!search()) {
        const ended = await Promise.race([once(reader, 'line').then(() => false), exited.then(() => true)]);
        if (ended && !search())
          throw new Error(`it ended and never told "${words}": ${lines.join('\n')}\n${errors}`);
      }
      return search() ?? '';
    },
    tell(line: string) {
      child.stdin.write(`${line}\n`);
    },
    /** Ends it; throws when a sanitizer found something, or when it had ended by itself. */
    async stop() {
      child.stdin.end();
      const [code, signal] = await exited;
      if (code !== 0) throw new Error(`console-host ended with ${code ?? signal}: ${errors}`);
      return lines;
    },
  };
}
