import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeFolder } from '../testing/make-folder.ts';
import { ringfenceLine, runRingfence } from '../testing/run-ringfence.ts';
import { listByVariable } from './process-tree.ts';
import { findIsolation } from './sandbox-places.ts';

const code = `
import os, sys, time
def lambda_handler(event, context):
    print("working on", event)
    if event == "fail":
        raise RuntimeError("broken")
    if event == "hang":
        time.sleep(300)
    if event == "descriptors":
        return sorted(map(int, os.listdir("/proc/self/fd")))
    return {"event": event, "greeting": os.environ.get("GREETING"), "other": os.environ.get("OTHER"), "pid": os.getpid()}
`;

function makePackage(): { folder: string; writeEvent: (event: unknown) => string } {
  const folder = join(makeFolder(), 'package');
  mkdirSync(folder);
  writeFileSync(join(folder, 'lambda_function.py'), code);
  const writeEvent = (event: unknown) => {
    const file = join(folder, '..', 'event.json');
    writeFileSync(file, typeof event === 'string' ? event : JSON.stringify(event));
    return file;
  };
  return { folder, writeEvent };
}

test('prints the result on stdout, and logs and a report on stderr', () => {
  const { folder, writeEvent } = makePackage();
  const envFile = join(folder, '..', 'fn.env');
  writeFileSync(envFile, '# from embed\nGREETING=hello world\nOTHER=a\n');
  const line = ['run', folder, '--event', writeEvent({ n: 1 }), '--env-file', envFile, '--timeout', '20'];
  const { code, stdout, stderr } = runRingfence([...line, '--env', 'OTHER=b=c', '--env', 'THIRD=x']);
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ event: { n: 1 }, greeting: 'hello world', other: 'b=c' });
  expect(stderr).toContain("working on {'n': 1}");
  expect(stderr).toMatch(
    /REPORT RequestId: \S+ Duration: [\d.]+ ms Billed Duration: \d+ ms Memory Size: 128 MB Max Memory Used: \d+ MB Init Duration: [\d.]+ ms/,
  );
});

test.skipIf(findIsolation() !== 'namespaces')('imitates the sandbox that is asked for, and says so', () => {
  const { folder, writeEvent } = makePackage();
  const line = ['run', folder, '--event', writeEvent({}), '--timeout', '20', '--json'];
  const describeSandbox = (...flags: string[]) =>
    JSON.parse(runRingfence([...line, ...flags]).stdout).sandbox;
  expect(describeSandbox()).toMatchObject({ like: 'container', user: 993 });
  expect(describeSandbox('--like', 'lambda')).toMatchObject({ like: 'lambda', user: 993 });
  expect(describeSandbox('--user', '0')).toMatchObject({ like: 'container', user: 0 });
});

test('repeats in one sandbox, and tells it all as JSON', () => {
  const { folder, writeEvent } = makePackage();
  const line = ['run', folder, '--event', writeEvent({ n: 1 }), '--repeat', '3', '--timeout', '20'];
  const { code, stdout, stderr } = runRingfence([...line, '--function', 'greet', '--json']);
  expect(code, stderr).toBe(0);
  expect(stderr).toBe('');
  const told = JSON.parse(stdout);
  expect(told).toMatchObject({ status: 'ok', error: null, audits: [], function: { name: 'greet' } });
  expect(told.durations).toHaveLength(3);
  expect(told.invocations.map(({ initDuration }: { initDuration: number | null }) => initDuration)).toEqual([
    expect.any(Number),
    null,
    null,
  ]);
  expect(told.logs).toHaveLength(3);
  expect(['namespaces', 'folder']).toContain(told.sandbox.isolation);
});

test('a failed function is exit code 1, with its error as the result', () => {
  const { folder, writeEvent } = makePackage();
  const { code, stdout } = runRingfence(['run', folder, '--event', writeEvent('"fail"'), '--timeout', '20']);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ errorType: 'RuntimeError', errorMessage: 'broken' });
});

test.each([
  [['--event', '/nowhere.json'], '/nowhere.json: it does not exist'],
  [['--repeat', '0'], '--repeat 0'],
  [['--memory', '64'], '--memory 64'],
  [['--timeout', 'long'], '--timeout long'],
  [['--env', 'novalue'], '--env: expected NAME=VALUE'],
  [['--runtime', 'cobol85'], 'cobol85'],
  [['--runtime', 'java17'], 'no usual handler'],
])('wrong use (%j) is exit code 2 and one clear line', (flags, words) => {
  const { code, stderr, stdout } = runRingfence(['run', makePackage().folder, ...flags]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(words);
  expect(stderr).not.toContain('    at ');
});

test('an event that is not JSON is exit code 2', () => {
  const { folder, writeEvent } = makePackage();
  const { code, stderr } = runRingfence(['run', folder, '--event', writeEvent('{"a":')]);
  expect(code).toBe(2);
  expect(stderr).toContain('is not JSON');
});

async function startHanging(functionName: string, signalName: NodeJS.Signals) {
  const { folder, writeEvent } = makePackage();
  const [command = '', ...words] = ringfenceLine;
  const flags = ['--event', writeEvent('"hang"'), '--timeout', '100', '--function', functionName];
  const temporary = makeFolder();
  const env = { ...process.env, TMPDIR: temporary };
  const child = spawn(command, [...words, 'run', folder, ...flags], { env });
  const stderr = text(child.stderr);
  const running = () => listByVariable('AWS_LAMBDA_FUNCTION_NAME', functionName);
  while (running().length === 0) await sleep(20);
  child.kill(signalName);
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, stderr: await stderr, running, temporary };
}

test('Ctrl-C stops the function and leaves nothing', async () => {
  const { code, stderr, running, temporary } = await startHanging(`interrupted-${process.pid}`, 'SIGINT');
  expect(code).toBe(130);
  expect(stderr).toContain('Stopped.');
  expect(running()).toEqual([]);
  expect(readdirSync(temporary).filter((name) => name.startsWith('ringfence-'))).toEqual([]);
});

test('a function does not outlive a killed run', async () => {
  const { running } = await startHanging(`killed-${process.pid}`, 'SIGKILL');
  for (let tries = 0; tries < 100 && running().length > 0; tries++) await sleep(20);
  expect(running()).toEqual([]);
});

test('a function gets no open file of this process', async () => {
  const { folder, writeEvent } = makePackage();
  const [command = '', ...words] = ringfenceLine;
  const args = [
    ...words,
    'run',
    folder,
    '--event',
    writeEvent('"descriptors"'),
    '--timeout',
    '20',
    '--quiet',
  ];
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'inherit', 'ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  // Its input and outputs, its connection to the Runtime API, and the listing itself.
  expect(JSON.parse(await text(child.stdout as NonNullable<typeof child.stdout>))).toEqual([0, 1, 2, 3, 4]);
});
