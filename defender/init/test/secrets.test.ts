import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect, compileProgram, type Finished, layOut, runUnder, signedPolicy } from './protect.ts';

const secrets = ['DB_PASSWORD', '*_TOKEN'];
const env = {
  FIRST: '1',
  DB_PASSWORD: 'correct horse',
  MIDDLE: '2',
  API_TOKEN: 'x'.repeat(5000),
  EMPTY_TOKEN: '',
  DB_PASSWORD_HINT: 'animal',
  LAST: '3',
};
/** What the programs of these tests print of it. */
const found = 'correct horse|5000|123';

let work: string;
let stack: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'ringfence-secrets-'));
  chmodSync(work, 0o755);
  stack = join(work, 'stack');
  copyFileSync(compileProgram('stack.c'), stack);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

type ProcessRule = { effect: 'prevent' | 'alert' | 'learn' | 'disable'; allow?: string[] };

async function run(command: string[], process: ProcessRule = { effect: 'disable' }) {
  const { init, remove } = layOut({ signedPolicy: signedPolicy({ process, secrets }) });
  try {
    return await collect(runUnder(init, command, { env }));
  } finally {
    remove();
  }
}

function script(name: string, text: string) {
  const path = join(work, name);
  writeFileSync(path, text, { mode: 0o755 });
  return path;
}

const coverageOf = (finished: Finished) =>
  finished.audits.find(({ type }) => type === 'coverage')?.detail as Record<string, unknown>;

function expectHidden(shown: string) {
  expect(shown).toMatch(/^FIRST=1$/m);
  expect(shown).toMatch(/^MIDDLE=2$/m);
  expect(shown).toMatch(/^LAST=3$/m);
  expect(shown).toMatch(/^DB_PASSWORD_HINT=animal$/m);
  expect(shown).not.toMatch(/correct horse|xxxx|DB_PASSWORD=|TOKEN/);
}

const java = `import java.nio.file.*;
class Show { public static void main(String[] a) throws Exception {
  var e = System.getenv();
  System.out.println(e.get("DB_PASSWORD") + "|" + e.get("API_TOKEN").length() + "|" + e.get("FIRST") + e.get("MIDDLE") + e.get("LAST"));
  System.out.println(Files.readString(Path.of("/proc/self/environ")).replace((char) 0, (char) 10));
} }`;

describe('a runtime finds its secrets, and /proc does not show them', () => {
  it.each([
    [
      'Node',
      () => [
        'node',
        '-e',
        `const e = process.env; console.log([e.DB_PASSWORD, e.API_TOKEN.length, e.FIRST + e.MIDDLE + e.LAST].join('|')); console.log(require('fs').readFileSync('/proc/self/environ', 'latin1').replaceAll('\\0', '\\n'))`,
      ],
    ],
    [
      'Python',
      () => [
        'python3',
        '-c',
        `import os; e = os.environ; print(e['DB_PASSWORD'], len(e['API_TOKEN']), e['FIRST'] + e['MIDDLE'] + e['LAST'], sep='|'); print(open('/proc/self/environ').read().replace('\\0', '\\n'))`,
      ],
    ],
    [
      'Ruby',
      () => [
        'ruby',
        '-e',
        `puts [ENV['DB_PASSWORD'], ENV['API_TOKEN'].size, ENV['FIRST'] + ENV['MIDDLE'] + ENV['LAST']].join('|'); puts File.read('/proc/self/environ').tr("\\0", "\\n")`,
      ],
    ],
    ['Java', () => ['java', script('Show.java', java)]],
    [
      'Bash',
      () => [
        'bash',
        '-c',
        `echo "$DB_PASSWORD|\${#API_TOKEN}|$FIRST$MIDDLE$LAST"; while IFS= read -r -d '' setting; do echo "$setting"; done < /proc/self/environ`,
      ],
    ],
    ['a program in C', () => [stack]],
    ['a static program', () => [compileProgram('stack.c', ['-static'])]],
  ])('%s', { timeout: 60_000 }, async (_, command) => {
    const finished = await run(command());
    expect(finished.stderr).toBe('');
    expect(finished.code).toBe(0);
    const [values, ...shown] = finished.stdout.split('\n');
    expect(values).toBe(found);
    expectHidden(shown.join('\n'));
    expect(coverageOf(finished).sections).toMatchObject({ process: 'disable', secrets: 'prevent' });
  });

  it.each(['prevent', 'alert', 'learn', 'disable'] as const)('with process: %s', async (effect) => {
    const finished = await run([stack, 'last'], { effect });
    const [values, about, ...shown] = finished.stdout.split('\n');
    expect(values).toBe(found);
    expect(about).toBe(`arguments 2 last, settings 8, page 4096, argv aligned 0, random 1`);
    expectHidden(shown.join('\n'));
  });

  it('started by a script', async () => {
    const start = script(
      'start.sh',
      `#!/bin/sh\nexport LATE_TOKEN=late\n/usr/bin/true\nexec ${stack} "$@"\n`,
    );
    for (const effect of ['prevent', 'disable'] as const) {
      const finished = await run([start, 'one'], { effect });
      expect(finished.stdout).toContain(`${found}\n`);
      expect(finished.stdout).not.toMatch(/late|horse\n/);
    }
  });
});

describe('children', () => {
  const line = (program: string) => `/usr/bin/env -u MISSING ${program}; ${program} x`;

  it.each(['prevent', 'alert', 'learn', 'disable'] as const)(
    'get no secrets, with process: %s',
    async (effect) => {
      const allow = ['/usr/bin/env', stack];
      const finished = await run(['/bin/sh', '-c', line(stack)], { effect, allow });
      expect(finished.stdout.match(/^none\|0\|123$/gm)).toHaveLength(2);
      expect(finished.stdout).toMatch(/^arguments 2 x, settings \d+, page 4096, argv aligned 0, random 1$/m);
      expectHidden(finished.stdout);
    },
  );

  it.runIf(process.arch === 'x64')('of 32 bits get none either', async () => {
    const narrow = compileProgram('stack32.c', [
      '-m32',
      '-nostdlib',
      '-static',
      '-fno-pie',
      '-no-pie',
      '-fno-stack-protector',
    ]);
    const finished = await run(['/bin/sh', '-c', `${narrow}; ${narrow}`]);
    expect(finished.stdout.match(/^FIRST=1$/gm)).toHaveLength(2);
    expect(finished.stdout).toMatch(/^page 4096$/m);
    expectHidden(finished.stdout);
  });

  it('that the main process becomes before its first event keep them, as a launcher needs', async () => {
    const finished = await run([stack, 'start', stack]);
    expect(finished.stdout.match(/^correct horse\|5000\|123$/gm)).toHaveLength(2);
  });

  it('are not started when somebody else traces them', async () => {
    const attack = compileProgram('attack.c');
    const finished = await run([attack, 'traced', stack]);
    expect(finished.stdout).toBe('RESULT 1\n');
  });
});

it("the init's own environment has no secrets left", async () => {
  const { init, remove } = layOut({
    signedPolicy: signedPolicy({ process: { effect: 'disable' }, secrets }),
  });
  const finished = await collect(
    runUnder(init, ['/bin/sh', '-c', 'tr "\\0" "\\n" < /proc/$PPID/environ'], { env, asRoot: true }),
  );
  expectHidden(finished.stdout);
  remove();
});

it('without ptrace they stay in sight, and coverage says so', async () => {
  const { init, remove } = layOut({ signedPolicy: signedPolicy({ process: { effect: 'alert' }, secrets }) });
  const command = ['ptrace', init, '/bin/sh', '-c', `${stack}; true`];
  const finished = await collect(runUnder(compileProgram('restrict.c'), command, { env }));
  expect(finished.stdout).toContain(found);
  expect(coverageOf(finished)).toMatchObject({
    sections: { process: 'alert', secrets: 'unguarded' },
    missing: [expect.stringContaining('ptrace')],
  });
  remove();
});
