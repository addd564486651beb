import { afterAll, beforeAll, expect, it } from 'vitest';
import { collect, compileProgram, layOut, runUnder, signedPolicy } from './protect.ts';

const rule = {
  process: { allow: ['/usr/bin/true'] },
  network: { unix: ['@hold-up'] },
  files: { denyRead: ['/etc/hostname'] }, // so that reading is the init's to judge
};
let under: ReturnType<typeof layOut>;
beforeAll(() => {
  under = layOut({ signedPolicy: signedPolicy(rule) });
});
afterAll(() => under.remove());

const run = (name: string) => collect(runUnder(under.init, [compileProgram('hold-up.c'), name]));

it('goes on when O_NONBLOCK is taken away while it connects', async () => {
  expect(await run('nonblocking')).toMatchObject({ code: 0, stderr: '' });
});

it('tells a process that it has no descriptor left for a file', async () => {
  expect(await run('limit')).toMatchObject({ code: 0, stdout: 'Too many open files\n' });
});
