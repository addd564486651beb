import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { collect, compileProgram, layOut, runUnder, signedPolicy } from '../../init/test/protect.ts';

let tools: string;

beforeAll(() => {
  tools = mkdtempSync(join(tmpdir(), 'ringfence-start-'));
  chmodSync(tools, 0o755);
  cpSync(compileProgram('evil.c', []), join(tools, 'dynamic'));
  cpSync(compileProgram('evil.c', ['-static']), join(tools, 'static'));
  for (const kind of ['dynamic', 'static'])
    writeFileSync(join(tools, `script-of-${kind}`), `#!${tools}/${kind}\n`, { mode: 0o755 });
});

afterAll(() => rmSync(tools, { recursive: true, force: true }));

const runWhereNoFilterIs = (init: string, command: string[]) =>
  runUnder(compileProgram('restrict.c'), ['lambda', init, ...command]);

const right = signedPolicy({ effect: 'alert' });
const wrong = right.slice();
wrong[right.length - 70] = (right[right.length - 70] ?? 0) ^ 1;

// The loader works while the init checks the signature. So often, as it is a race.
it.each(['dynamic', 'static', 'script-of-dynamic', 'script-of-static'])(
  'nothing of a %s runtime has run when the signature turns out to be wrong',
  async (kind) => {
    const { init, remove } = layOut({ signedPolicy: wrong });
    for (let time = 0; time < 40; time++) {
      const finished = await collect(runWhereNoFilterIs(init, [join(tools, kind)]));
      expect(finished).toMatchObject({ code: 1, stdout: '' });
      expect(finished.audits).toMatchObject([{ type: 'policy', action: 'blocked' }]);
    }
    remove();
  },
);

it.each(['dynamic', 'script-of-dynamic'])('a %s runtime runs when it is right', async (kind) => {
  const { init, remove } = layOut({ signedPolicy: right });
  const finished = await collect(runWhereNoFilterIs(init, [join(tools, kind)]));
  expect(finished).toMatchObject({ code: 66, stdout: 'EVIL RAN\n' });
  remove();
});

it('no runtime waits for an init that was killed at its start', async () => {
  const { init, remove } = layOut({ signedPolicy: right });
  const program = join(tools, 'dynamic');
  for (let time = 0; time < 60; time++) {
    const started = runWhereNoFilterIs(init, [program]);
    const ended = collect(started);
    await sleep(Math.random() * 12);
    started.kill('SIGKILL');
    await ended; // of all that hold its standard output
  }
  remove();
});
