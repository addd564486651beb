import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findIsolation, likenesses } from '../apps/cli/src/run/sandbox-places.ts';
import { makeApi, signUp } from '../apps/console/src/testing/console-client.ts';
import { spawnConsole } from '../apps/console/src/testing/spawn-console.ts';
import examples from '../examples/examples.json' with { type: 'json' };
import { ringfence, root } from './ringfence.ts';

type Example = (typeof examples)[number];
const PROOF = 'ringfence-proof-42';
const isInstalled = (command: string) =>
  (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, command)));
const commandOf: Record<string, string> = { python: 'python3', custom: 'gcc' };

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'ringfence-learn-'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const eventOf = ({ name }: Example, event: string) => join(root, `examples/${name}/events/${event}.json`);

/** The flags that run the example, for every command that does. */
const flagsOf = ({ functionName, runtime, handler, memoryMb }: Example) => [
  ...['--function', functionName, '--region', 'eu-west-1', '--account', '123456789012'],
  ...['--runtime', runtime, '--handler', handler, '--memory', String(memoryMb), '--timeout', '20'],
];

async function runProtected(example: Example, like: string, policy: string, event: string) {
  const output = join(work, `${example.name}-${like}-protected`);
  const [functionName, ...identity] = flagsOf(example).slice(0, 8);
  const embedded = await ringfence(
    [
      'embed',
      join('examples', example.package),
      functionName ?? '',
      ...identity,
      '--policy',
      policy,
      '-o',
      output,
    ],
    { XDG_CONFIG_HOME: work },
  );
  expect(embedded).toMatchObject({ code: 0 });
  const { stdout } = await ringfence([
    'run',
    output,
    '--event',
    eventOf(example, event),
    '--json',
    ...flagsOf(example),
    ...['--like', like],
  ]);
  const { audits, ...outcome } = JSON.parse(stdout);
  return { outcome, told: audits.filter(({ type }: { type: string }) => type !== 'coverage') };
}

const cases = examples.flatMap((example) =>
  (findIsolation() === 'namespaces' ? likenesses : (['container'] as const)).map(
    (like): [string, string, Example] => [example.name, like, example],
  ),
);

describe.each(cases)('%s as in %s', (name, like, example) => {
  // A static binary can't be guarded where a process can't restrict itself.
  const canLearn = isInstalled(commandOf[name] ?? name) && !(name === 'custom' && like === 'lambda');
  it.skipIf(!canLearn)(
    'under the policy that was learned its work is as before and tells nothing, and its attack is stopped',
    { timeout: 120_000 },
    async () => {
      const events = join(work, `${name}-${like}-events`);
      mkdirSync(events);
      copyFileSync(eventOf(example, 'good'), join(events, '1.json'));
      copyFileSync(eventOf(example, 'good'), join(events, '2.json'));
      const policy = join(work, `${name}-${like}.yaml`);
      const learned = await ringfence([
        ...['learn', join('examples', example.package), '--events', events, '-o', policy],
        ...flagsOf(example),
        ...['--like', like],
      ]);
      expect(learned).toMatchObject({ code: 0 });
      expect(readFileSync(policy, 'utf8')).toMatch(/# (once|\d+ times), \d{4}-\d\d-\d\d/);

      const good = await runProtected(example, like, policy, 'good');
      expect(good.told).toEqual([]);
      expect(good.outcome.result).toEqual(JSON.parse(readFileSync(eventOf(example, 'good.result'), 'utf8')));

      const attack = await runProtected(example, like, policy, 'attack');
      expect(JSON.stringify(attack.outcome)).not.toContain(PROOF);
      expect(attack.told).toEqual(expect.arrayContaining([expect.objectContaining({ action: 'blocked' })]));
    },
  );
});

it('a Console gets the models of real Defenders, and suggests what lets them work', {
  timeout: 120_000,
}, async () => {
  const [example] = examples.filter(({ name }) => name === 'python');
  if (!example) throw new Error('no example');
  const running = await spawnConsole({ dataDirectory: join(work, 'data') });
  try {
    const { token } = await signUp(running);
    const api = makeApi(running, token);
    const environment = { RINGFENCE_CONSOLE: running.url, RINGFENCE_TOKEN: token };
    const learning = {
      name: 'learning',
      process: { effect: 'learn' },
      files: { effect: 'learn' },
      learn: { invocations: 1000 },
    };
    await api('PUT', '/api/policy', { policy: { version: 1, runtime: { rules: [learning] } } });
    const output = join(work, 'reporting');
    const identity = flagsOf(example).slice(0, 8);
    const embedded = ['embed', join('examples', example.package), ...identity, '-o', output];
    expect(await ringfence(embedded, environment)).toMatchObject({ code: 0 });
    const run = (event: string) =>
      ringfence(['run', output, '--event', eventOf(example, event), '--json', ...flagsOf(example)]);
    // Two instances, each with two invocations.
    for (let instance = 0; instance < 2; instance++)
      expect(
        await ringfence([
          'run',
          output,
          '--event',
          eventOf(example, 'good'),
          '--repeat',
          '2',
          ...flagsOf(example),
        ]),
      ).toMatchObject({ code: 0 });

    const { body } = await api('GET', '/api/models');
    expect(body.items).toMatchObject([
      { state: 'learning', invocations: 4, instances: 2, sections: ['process', 'files'] },
    ]);
    const suggested = await ringfence(['policy', 'suggest', '--function', example.functionName], environment);
    expect(suggested).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('path: /usr/bin/sort, arguments: [ -u ]'),
    });
    expect(suggested.stdout).toMatch(/# 4 times, \d{4}-/);
    const unknown = await ringfence(['policy', 'suggest', '--function', 'nobody'], environment);
    expect(unknown).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('No function nobody has learned'),
    });

    const file = join(work, 'suggested.yaml');
    writeFileSync(file, suggested.stdout);
    expect(await ringfence(['policy', 'apply', file], environment)).toMatchObject({ code: 0 });
    expect(await ringfence(embedded, environment)).toMatchObject({ code: 0 });
    const { audits, result } = JSON.parse((await run('good')).stdout);
    expect(audits.map(({ type }: { type: string }) => type)).toEqual(['coverage']);
    expect(result).toEqual(JSON.parse(readFileSync(eventOf(example, 'good.result'), 'utf8')));
    expect((await run('attack')).stdout).not.toContain(PROOF);
  } finally {
    await running.end('SIGTERM');
  }
});

it('says what is wrong with the events, and writes no policy', async () => {
  const policy = join(work, 'none.yaml');
  const empty = join(work, 'empty');
  mkdirSync(empty);
  const learn = (events: string) =>
    ringfence([
      'learn',
      'examples/python/function',
      '--events',
      events,
      '--function',
      'convert',
      '-o',
      policy,
    ]);
  expect(await learn(empty)).toMatchObject({ code: 2, stderr: expect.stringContaining('holds no events') });
  writeFileSync(join(empty, 'bad.json'), '{');
  expect(await learn(empty)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('bad.json is not JSON'),
  });
  expect(await learn(join(work, 'nowhere'))).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('it does not exist'),
  });
  expect(existsSync(policy)).toBe(false);
});
