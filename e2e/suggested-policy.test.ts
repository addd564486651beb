import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runFunction } from '../apps/cli/src/run/run-function.ts';
import { findIsolation, type Likeness } from '../apps/cli/src/run/sandbox-places.ts';
import { ringfence } from './ringfence.ts';

const arch = process.arch === 'arm64' ? 'arm64' : 'x86_64';

const template = `
Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs20.x, Handler: index.handler } }
Resources:
  Sort:
    Type: AWS::Serverless::Function
    Properties: { FunctionName: sort, CodeUri: sort }
  Greet:
    Type: AWS::Serverless::Function
    Properties: { FunctionName: greet, CodeUri: greet }
`;

const sort = `
import { execFileSync } from 'node:child_process';
export const handler = async ({ lines }) => execFileSync('sort', { input: lines.join('\\n') }).toString();
`;
const greet = 'export const handler = async ({ name }) => `Hello ${name}`;';

/** What somebody would put there who has got into the function. */
const broken = `
import { execFileSync } from 'node:child_process';
import { lookup } from 'node:dns/promises';
const told = (error) => error.code;
export async function handler() {
  let program = 'started';
  try { execFileSync('/usr/bin/id'); } catch (error) { program = told(error); }
  return { program, name: await lookup('drop.attacker.example').catch(told) };
}
`;

let work: string;
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'ringfence-suggested-'));
  writeFileSync(join(work, 'template.yaml'), template);
  for (const [name, code] of Object.entries({ sort, greet })) {
    mkdirSync(join(work, name));
    writeFileSync(join(work, name, 'index.mjs'), code);
  }
  const { code, stderr } = await ringfence(
    ['check', work, '--skip-advisories', '--fail-on', 'never', '--policy', join(work, 'policy.yaml')],
    {},
  );
  expect(code, stderr).toBe(0);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

async function run(name: string, code: string, like: Likeness, event: unknown) {
  const source = join(work, `${name}-${like}-package`);
  mkdirSync(source, { recursive: true });
  writeFileSync(join(source, 'index.mjs'), code);
  const output = join(work, `${name}-${like}`);
  const embedded = await ringfence(
    [
      ...['embed', source, '--function', name, '--region', 'eu-west-1', '--runtime', 'nodejs20.x'],
      ...['--arch', arch, '--policy', join(work, 'policy.yaml'), '-o', output],
    ],
    { XDG_CONFIG_HOME: join(work, 'config') },
  );
  expect(embedded).toMatchObject({ code: 0 });
  const { invocations, audits } = await runFunction({
    ...{ package: output, runtime: 'nodejs20.x', handler: 'index.handler', functionName: name },
    ...{ memoryMb: 256, like, timeoutSeconds: 20 },
    events: [Buffer.from(JSON.stringify(event))],
  });
  const told = audits
    .filter(({ type }) => type !== 'coverage')
    .map(({ type, action }) => `${type} ${action}`);
  return { answer: JSON.parse(String(invocations[0]?.payload)), audits: told };
}

const likenesses: Likeness[] = findIsolation() === 'namespaces' ? ['container', 'lambda'] : ['container'];

describe.each(likenesses)('the policy that "ringfence check" suggests, in %s', (like) => {
  it('lets each function do its work', async () => {
    expect(await run('sort', sort, like, { lines: ['b', 'a'] })).toEqual({ answer: 'a\nb\n', audits: [] });
    expect(await run('greet', greet, like, { name: 'Ada' })).toEqual({ answer: 'Hello Ada', audits: [] });
  });

  it('keeps a function that is broken into from what it never did', async () => {
    const { answer, audits } = await run('greet', broken, like, {});
    expect(answer).toEqual({ program: 'EPERM', name: 'ENOTFOUND' });
    expect(audits).toEqual(expect.arrayContaining(['process blocked', 'network blocked']));
  });
});
