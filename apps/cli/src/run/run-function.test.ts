import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../testing/make-folder.ts';
import { openFunction } from './open-function.ts';
import { listByVariable } from './process-tree.ts';
import { type RunOutcome, runFunction } from './run-function.ts';
import type { RunOptions } from './run-options.ts';
import { findIsolation } from './sandbox-places.ts';

const isRoot = process.getuid?.() === 0;

/** Writes a package of files; values are their texts. */
function makePackage(files: Record<string, string>): string {
  const folder = makeFolder();
  chmodSync(folder, 0o755);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const python = (code: string) => ({
  package: makePackage({ 'lambda_function.py': code }),
  timeoutSeconds: 20,
});
const run = (options: RunOptions, ...events: unknown[]) =>
  runFunction({ ...options, events: events.map((event) => Buffer.from(JSON.stringify(event))) });
const payloadOf = (outcome: RunOutcome, index = 0) => JSON.parse(String(outcome.invocations[index]?.payload));
const expectNothingLeft = ({ logs, plan }: RunOutcome) => {
  expect(logs).toBeDefined();
  expect(listByVariable('AWS_LAMBDA_FUNCTION_NAME', plan.functionName)).toEqual([]);
};

describe('where a function runs', () => {
  const look = `
import os, json
def lambda_handler(event, context):
    status = dict(line.split(":\\t", 1) for line in open("/proc/self/status").read().splitlines() if ":\\t" in line)
    def writable(path):
        try:
            open(path, "w").close()
            return True
        except OSError:
            return False
    return {
        "uid": os.getuid(), "gid": os.getgid(), "groups": os.getgroups(), "cwd": os.getcwd(), "pid": os.getpid(),
        "capabilities": [status[name] for name in ("CapPrm", "CapEff", "CapBnd", "CapAmb")],
        "noNewPrivs": status["NoNewPrivs"], "seccomp": status["Seccomp"],
        "task": writable(os.environ["LAMBDA_TASK_ROOT"] + "/x"), "tmp": writable("/tmp/ringfence-run-test"), "usr": writable("/usr/x"), "root": writable("/x"),
        "tmpFiles": os.listdir("/tmp"), "environment": dict(os.environ),
        "remaining": context.get_remaining_time_in_millis(), "arn": context.invoked_function_arn,
    }
`;

  test('has the variables of Lambda and none of ours', async () => {
    process.env.RINGFENCE_TEST_SECRET = 'mine';
    const outcome = await run(
      {
        ...python(look),
        runtime: 'python3.12',
        functionName: 'convert',
        region: 'eu-west-1',
        account: '210987654321',
        memoryMb: 256,
        environment: { GREETING: 'a = "b" $c' },
      },
      {},
    );
    delete process.env.RINGFENCE_TEST_SECRET;
    const { environment, remaining, arn } = payloadOf(outcome);
    expect(environment).toMatchObject({
      AWS_EXECUTION_ENV: 'AWS_Lambda_python3.12',
      AWS_LAMBDA_FUNCTION_NAME: 'convert',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/convert',
      AWS_REGION: 'eu-west-1',
      _HANDLER: 'lambda_function.lambda_handler',
      LANG: 'en_US.UTF-8',
      TZ: ':UTC',
      LAMBDA_TASK_ROOT: outcome.sandbox.taskRoot,
      GREETING: 'a = "b" $c',
    });
    expect(environment.AWS_LAMBDA_RUNTIME_API).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(Object.keys(environment)).not.toContain('RINGFENCE_TEST_SECRET');
    expect(Object.keys(environment)).not.toContain('HOME');
    expect(arn).toBe('arn:aws:lambda:eu-west-1:210987654321:function:convert');
    expect(remaining).toBeGreaterThan(0);
    expect(remaining).toBeLessThanOrEqual(20_000);
    expectNothingLeft(outcome);
  });

  test.skipIf(!isRoot)('is unprivileged: user 993, no groups, no capabilities, as in Lambda', async () => {
    const seen = payloadOf(await run(python(look), {}));
    expect(seen).toMatchObject({ uid: 993, gid: 993, groups: [], noNewPrivs: '0', seccomp: '0' });
    expect(new Set(seen.capabilities)).toEqual(new Set(['0000000000000000']));
  });

  test.skipIf(findIsolation() !== 'namespaces')(
    'is /var/task, read-only, with a /tmp of its own',
    async () => {
      const seen = payloadOf(await run(python(look), {}));
      expect(seen).toMatchObject({ cwd: '/var/task', task: false, usr: false, root: false, tmp: true });
      expect(seen.tmpFiles).toEqual(['ringfence-run-test']);
      expect(seen.pid).toBeLessThan(50);
      expect(existsSync('/tmp/ringfence-run-test')).toBe(false);
    },
  );

  test('can also be a plain folder', async () => {
    const outcome = await run(
      { ...exampleBinary(), isolation: 'folder' },
      {
        name: 'a',
        text: 'abc',
        sum: 'crc32',
      },
    );
    expect(outcome.sandbox).toMatchObject({ isolation: 'folder', memory: 'process tree' });
    expect(payloadOf(outcome)).toEqual({ name: 'a', bytes: 3, crc32: '352441c2' });
    expect(existsSync(outcome.sandbox.taskRoot)).toBe(false);
    expectNothingLeft(outcome);
  });
});

const exampleBinary = () => ({
  package: join(import.meta.dirname, '../../../../examples/custom/build/package'),
  runtime: 'provided.al2023',
});

describe('what goes wrong', () => {
  test('an exception is the result, with its type and trace, and the sandbox goes on', async () => {
    const code = `
def lambda_handler(event, context):
    if event == "bad":
        raise ValueError("no such document")
    return event
`;
    const outcome = await run(python(code), 'bad', 'good');
    expect(outcome.invocations[0]).toMatchObject({ status: 'error', errorType: 'ValueError' });
    expect(payloadOf(outcome)).toMatchObject({ errorMessage: 'no such document', errorType: 'ValueError' });
    expect(payloadOf(outcome).stackTrace[0]).toContain('lambda_function.py');
    expect(payloadOf(outcome, 1)).toBe('good');
    expect(outcome.invocations[1]?.initDurationMs).toBeUndefined();
    expect(outcome.logs.some(({ text }) => text === '[ERROR] ValueError: no such document')).toBe(true);
  });

  test('a module that does not load is an init error', async () => {
    const outcome = await run(python('import nothing_of_that_name'), {}, {});
    for (const index of [0, 1]) {
      expect(outcome.invocations[index]).toMatchObject({
        status: 'error',
        errorType: 'Runtime.ImportModuleError',
      });
      expect(payloadOf(outcome, index).errorMessage).toContain('nothing_of_that_name');
    }
  });

  test('a function that takes too long is killed with all it started, and the next invocation starts anew', async () => {
    const code = `
import subprocess, time
def lambda_handler(event, context):
    if event["sleep"]:
        subprocess.Popen(["sleep", "300"], start_new_session=True)
        time.sleep(300)
    return "awake"
`;
    const options = { ...python(code), timeoutSeconds: 1, functionName: `slow-${process.pid}` };
    const outcome = await run(options, { sleep: true }, { sleep: false });
    expect(outcome.invocations[0]).toMatchObject({ status: 'error', errorType: 'Sandbox.Timedout' });
    expect(payloadOf(outcome).errorMessage).toMatch(
      /^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/,
    );
    expect(payloadOf(outcome, 1)).toBe('awake');
    expect(outcome.invocations[1]?.initDurationMs).toBeGreaterThan(0);
    expectNothingLeft(outcome);
  });

  test('a function that takes too much memory is killed', async () => {
    const code = `
import time
def lambda_handler(event, context):
    hoard = bytearray(event["mb"] * 1024 * 1024)
    time.sleep(event["seconds"])
    return len(hoard)
`;
    const outcome = await run(
      { ...python(code), memoryMb: 128 },
      { mb: 64, seconds: 0 },
      { mb: 300, seconds: 10 },
      { mb: 64, seconds: 0 },
    );
    expect(outcome.invocations.map(({ errorType }) => errorType)).toEqual([
      undefined,
      'Runtime.OutOfMemory',
      undefined,
    ]);
    expect(outcome.invocations[0]?.maxMemoryBytes).toBeGreaterThan(64 * 1024 * 1024);
    expect(payloadOf(outcome, 1).errorMessage).toContain('Runtime exited with error: signal: killed');
  });

  test.each([
    ['os._exit(3)', 'Runtime exited with error: exit status 3'],
    ['os._exit(0)', 'Runtime exited without providing a reason'],
    ['os.kill(os.getpid(), 11)', 'Runtime exited with error: signal: segmentation fault'],
    ['os.kill(os.getpid(), 9)', 'Runtime exited with error: signal: killed'],
  ])('a runtime that ends by itself (%s) is told', async (call, words) => {
    const outcome = await run(python(`import os\ndef lambda_handler(event, context):\n    ${call}`), {});
    expect(outcome.invocations[0]).toMatchObject({ status: 'error', errorType: 'Runtime.ExitError' });
    expect(payloadOf(outcome).errorMessage).toMatch(new RegExp(`^RequestId: [0-9a-f-]{36} Error: ${words}$`));
  });

  test('a response over 6 MB is an error, and the sandbox goes on', async () => {
    const code = 'def lambda_handler(event, context):\n    return "x" * event\n';
    const outcome = await run(python(code), 7_000_000, 6_000_000);
    expect(outcome.invocations[0]?.errorType).toBe('Function.ResponseSizeTooLarge');
    expect(outcome.invocations[1]?.payload.length).toBe(6_000_002);
    expect(outcome.invocations[1]?.initDurationMs).toBeUndefined();
  });

  test('an init that hangs gets the time of the invocation on top, and no more', async () => {
    const hangs = python('import time\ntime.sleep(300)\ndef lambda_handler(event, context):\n    return 1\n');
    const outcome = await run({ ...hangs, timeoutSeconds: 1 }, {});
    expect(outcome.invocations[0]).toMatchObject({ status: 'error', errorType: 'Sandbox.Timedout' });
  });
});

describe('Node', () => {
  const node = (code: string) => ({
    package: makePackage({ 'index.mjs': code }),
    runtime: 'nodejs20.x',
    memoryMb: 256,
    timeoutSeconds: 20,
  });

  test('streams a response of 7 MB', async () => {
    const outcome = await run(
      node(`
export const handler = awslambda.streamifyResponse(async (event, stream) => {
  for (let part = 0; part < 7; part++) stream.write(Buffer.alloc(1024 * 1024, 97 + part));
  stream.end();
});`),
      {},
    );
    expect(outcome.invocations[0]).toMatchObject({ status: 'ok', streamed: true });
    const { payload } = outcome.invocations[0] as { payload: Buffer };
    expect(payload.length).toBe(7 * 1024 * 1024);
    expect([payload[0], payload.at(-1)]).toEqual([97, 103]);
  });

  test('takes an event of 6 MB', async () => {
    const text = 'x'.repeat(6 * 1024 * 1024 - 2);
    const outcome = await run(node('export const handler = async (event) => event.length;'), text);
    expect(payloadOf(outcome)).toBe(text.length);
    const tooLarge = run(node('export const handler = async () => 1;'), `${text}x`);
    await expect(tooLarge).rejects.toThrow('6291457 bytes');
  });

  test('tells errors and logs as AWS writes them', async () => {
    const code = 'export const handler = async () => { console.log("hello"); throw new TypeError("no"); };';
    const outcome = await run(node(code), {});
    expect(payloadOf(outcome)).toMatchObject({ errorType: 'TypeError', errorMessage: 'no' });
    const { requestId } = outcome.invocations[0] as { requestId: string };
    expect(outcome.logs.some(({ text }) => text.includes(requestId) && text.includes('hello'))).toBe(true);
  });
});

test('the wrapper gets the command line of the runtime', async () => {
  const folder = makePackage({
    'lambda_function.py':
      'import os\ndef lambda_handler(event, context):\n    return os.environ["WRAPPED"]\n',
    'wrapper.sh': '#!/bin/sh\nWRAPPED="$#: $2" exec "$@"\n',
  });
  chmodSync(join(folder, 'wrapper.sh'), 0o755);
  const environment = { AWS_LAMBDA_EXEC_WRAPPER: '/var/task/wrapper.sh' };
  const outcome = await run({ package: folder, timeoutSeconds: 20, environment }, {});
  expect(payloadOf(outcome)).toMatch(/^3: .*\/bootstrap\.py$/);
});

test.skipIf(!isRoot)('what a function preloads never reaches a process of root', async () => {
  const folder = makePackage({ 'lambda_function.py': 'def lambda_handler(event, context):\n    return 1\n' });
  const proof = join(makeFolder(), 'proof');
  const environment = { LD_PRELOAD: '/nowhere.so', LD_DEBUG: 'files', LD_DEBUG_OUTPUT: proof };
  await run({ package: folder, timeoutSeconds: 20, environment }, {});
  expect(readdirSync(join(proof, '..'))).toEqual([]);
});

test('output also arrives through /dev/stdout and /dev/stderr', async () => {
  const code = `
def lambda_handler(event, context):
    for name in ("stdout", "stderr"):
        with open(f"/dev/{name}", "w") as stream:
            stream.write(f"to {name}\\n")
`;
  const { logs } = await run(python(code), {});
  expect(logs).toContainEqual({ stream: 'stdout', text: 'to stdout' });
  expect(logs).toContainEqual({ stream: 'stderr', text: 'to stderr' });
});

test('symlinks in a package stay what they are', async () => {
  const folder = makePackage({
    'lambda_function.py':
      'import os\ndef lambda_handler(event, context):\n    return [os.readlink("link"), open("link").read()]\n',
    'data/text': 'linked',
  });
  symlinkSync('data/text', join(folder, 'link'));
  expect(payloadOf(await run({ package: folder, timeoutSeconds: 20 }, {}))).toEqual(['data/text', 'linked']);
});

test('an aborted run rejects, and leaves no process', async () => {
  const functionName = `aborted-${process.pid}`;
  const controller = new AbortController();
  const code = 'import time\ndef lambda_handler(event, context):\n    time.sleep(300)\n';
  const running = runFunction({
    ...python(code),
    functionName,
    events: [Buffer.from('{}')],
    signal: controller.signal,
  });
  while (listByVariable('AWS_LAMBDA_FUNCTION_NAME', functionName).length === 0) await sleep(20);
  controller.abort();
  await expect(running).rejects.toThrow('aborted');
  expect(listByVariable('AWS_LAMBDA_FUNCTION_NAME', functionName)).toEqual([]);
});

test('an open function tells its processes', async () => {
  const opened = await openFunction(python('def lambda_handler(event, context):\n    return 1\n'));
  try {
    expect(opened.pids).toEqual([]);
    await opened.invoke(Buffer.from('{}'));
    expect(opened.pids.length).toBe(1);
  } finally {
    await opened.close();
  }
  expect(opened.pids).toEqual([]);
  expect(existsSync(opened.packageFolder)).toBe(false);
});
