import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningConsole, startConsole } from '@ringfence/console';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ringfenceLine } from '../testing/run-ringfence.ts';

let folder: string;
let running: RunningConsole;
let token: string;
let viewer: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ringfence-publish-'));
  running = await startConsole({ port: 0, defenderPort: 0, dataDirectory: join(folder, 'data') });
  token = await running.createApiToken('ci', 'build');
  viewer = await running.createApiToken('reader', 'viewer');
  mkdirSync(join(folder, 'osv'));
  const range = { type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.1.0' }] };
  const affected = [{ package: { ecosystem: 'npm', name: 'left-pad' }, ranges: [range] }];
  const record = { id: 'GHSA-1', modified: '2026-01-02T03:04:05Z', summary: 'Slow', affected };
  writeFileSync(join(folder, 'osv/1.json'), JSON.stringify(record));
  installLeftPad('1.0.0');
  expect((await ringfence('db', 'update', '--from', 'osv')).code).toBe(0);
});

afterAll(async () => {
  await running?.close();
  rmSync(folder, { recursive: true, force: true });
});

function installLeftPad(version: string): void {
  mkdirSync(join(folder, 'fn/node_modules/left-pad'), { recursive: true });
  const path = join(folder, 'fn/node_modules/left-pad/package.json');
  writeFileSync(path, JSON.stringify({ name: 'left-pad', version }));
}

/** Beside a Console in this process, which has to answer meanwhile. */
function ringfence(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const [command = '', ...words] = ringfenceLine;
  const env = {
    ...process.env,
    XDG_CACHE_HOME: join(folder, 'cache'),
    RINGFENCE_CONSOLE: running.url,
    RINGFENCE_TOKEN: token,
  };
  return new Promise((resolve) =>
    execFile(command, [...words, ...args], { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, stdout, stderr }),
    ),
  );
}

const publish = (...args: string[]) =>
  ringfence('scan', 'fn', '--publish', '--function', 'pad', '--region', 'eu-west-1', ...args);

async function storedStates() {
  const answer = await fetch(`${running.url}/api/findings`, {
    headers: { authorization: `Bearer ${viewer}` },
  });
  const { items } = (await answer.json()) as {
    items: { state: string; function: object; finding: { rule: string } }[];
  };
  return items;
}

it('publishes what it found, says what that changes, and fails the build all the same', async () => {
  const first = await publish('--account', '123456789012', '--json');
  expect(first).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`Published: 1 new, 0 fixed. ${running.url}/findings?function=pad`),
  });
  expect(JSON.parse(first.stdout).findings).toHaveLength(1);
  expect(await storedStates()).toMatchObject([
    {
      state: 'new',
      function: { cloud: 'aws', account: '123456789012', region: 'eu-west-1', name: 'pad' },
      finding: { rule: 'GHSA-1' },
    },
  ]);
  installLeftPad('1.1.0');
  const second = await publish('--account', '123456789012');
  expect(second).toMatchObject({ code: 0, stderr: expect.stringContaining('0 new, 1 fixed') });
  expect(await storedStates()).toMatchObject([{ state: 'fixed' }]);
});

it('publishes the posture of a project, with what may reach what', async () => {
  mkdirSync(join(folder, 'shop'), { recursive: true });
  const template =
    'Resources:\n  Orders:\n    Type: AWS::Lambda::Function\n    Properties: { Handler: a.b }\n  Url:\n    Type: AWS::Lambda::Url\n    Properties: { AuthType: NONE, TargetFunctionArn: !Ref Orders }\n';
  writeFileSync(join(folder, 'shop/template.yaml'), template);
  const { code, stderr } = await ringfence('posture', 'shop', '--publish');
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('/findings?function=shop') });
  const answer = await fetch(`${running.url}/api/radar`, { headers: { authorization: `Bearer ${viewer}` } });
  expect(await answer.json()).toMatchObject({
    projects: [{ project: { name: 'shop', region: 'all' }, tool: 'posture' }],
    graph: { edges: [{ kind: 'starts', isOpen: true }] },
  });
});

it.each([
  [['scan', 'fn', '--publish', '--region', 'eu-west-1'], /--publish needs --function/],
  [['scan', 'fn', '--publish', '--function', 'pad'], /--publish needs --region/],
  [['scan', 'fn', '--publish', '--function', 'a b', '--region', 'eu-west-1'], /--function "a b" must be/],
])('%j is bad input, before anything is scanned', async (args, message) => {
  const { code, stdout, stderr } = await ringfence(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(message);
});

it('says what to do when the Console cannot be reached', async () => {
  const nowhere = await publish('--console', 'http://127.0.0.1:1');
  expect(nowhere).toMatchObject({ code: 3, stderr: expect.stringContaining('cannot be reached') });
});
