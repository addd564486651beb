import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ringfence, root } from './ringfence.ts';

type Example = {
  name: string;
  runtime: string;
  package: string;
  handler: string;
  functionName: string;
  memoryMb: number;
};

const examples: Example[] = JSON.parse(readFileSync(join(root, 'examples/examples.json'), 'utf8'));
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

async function runProtected(example: Example, policy: string, event: string) {
  const output = join(work, `${example.name}-protected`);
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
  ]);
  const { audits, ...outcome } = JSON.parse(stdout);
  return { outcome, told: audits.filter(({ type }: { type: string }) => type !== 'coverage') };
}

describe.each(examples.map((example): [string, Example] => [example.name, example]))(
  '%s',
  (name, example) => {
    it.skipIf(!isInstalled(commandOf[name] ?? name))(
      'under the policy that was learned its work is as before and tells nothing, and its attack is stopped',
      { timeout: 120_000 },
      async () => {
        const events = join(work, `${name}-events`);
        mkdirSync(events);
        copyFileSync(eventOf(example, 'good'), join(events, '1.json'));
        copyFileSync(eventOf(example, 'good'), join(events, '2.json'));
        const policy = join(work, `${name}.yaml`);
        const learned = await ringfence([
          ...['learn', join('examples', example.package), '--events', events, '-o', policy],
          ...flagsOf(example),
        ]);
        expect(learned).toMatchObject({ code: 0 });
        expect(readFileSync(policy, 'utf8')).toMatch(/# (once|\d+ times), \d{4}-\d\d-\d\d/);

        const good = await runProtected(example, policy, 'good');
        expect(good.told).toEqual([]);
        expect(good.outcome.result).toEqual(
          JSON.parse(readFileSync(eventOf(example, 'good.result'), 'utf8')),
        );

        const attack = await runProtected(example, policy, 'attack');
        expect(JSON.stringify(attack.outcome)).not.toContain(PROOF);
        expect(attack.told).toEqual(expect.arrayContaining([expect.objectContaining({ action: 'blocked' })]));
      },
    );
  },
);
