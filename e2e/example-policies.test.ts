import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runFunction } from '../apps/cli/src/run/run-function.ts';
import { findIsolation, type Likeness } from '../apps/cli/src/run/sandbox-places.ts';
import examples from '../examples/examples.json' with { type: 'json' };
import { ringfence, root } from './ringfence.ts';

const at = (path: string) => join(root, 'examples', path);
type Example = (typeof examples)[number];
const arch = process.arch === 'arm64' ? 'arm64' : 'x86_64';
const inNamespaces = findIsolation() === 'namespaces';

let work: string;

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'ringfence-policies-'));
});

afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Protects an example with its own policy; answers how to run it on its events. */
async function protect({ name, package: source, runtime, handler, functionName, memoryMb }: Example) {
  const output = join(work, name);
  const embedded = await ringfence(
    [
      ...['embed', at(source), '--function', functionName, '--region', 'eu-west-1', '--runtime', runtime],
      ...['--arch', arch, '--policy', at(`${name}/policy.yaml`), '-o', output],
    ],
    { XDG_CONFIG_HOME: join(work, 'config') },
  );
  expect(embedded).toMatchObject({ code: 0 });
  return (like: Likeness, ...events: string[]) =>
    runFunction({
      ...{ package: output, runtime, handler, functionName, memoryMb, like, timeoutSeconds: 20 },
      events: events.map((event) => readFileSync(at(`${name}/events/${event}.json`))),
    });
}

const tiers = [
  { like: 'container', tier: 'T0' },
  { like: 'lambda', tier: 'T2' },
] as const;

for (const example of examples.filter(({ package: source }) => existsSync(at(source)))) {
  const { name } = example;
  // No library can be loaded into a static program, so T2 can't guard it.
  const isStatic = example.runtime.startsWith('provided');
  describe(`the policy of the ${name} example`, () => {
    const guarded = tiers.filter(({ like }) => like === 'container' || (inNamespaces && !isStatic));
    it.each(guarded)('allows all of its work and nothing of the attack, at $tier', async ({ like, tier }) => {
      const run = await protect(example);
      const { invocations, audits } = await run(like, 'good', 'good');
      const expected = JSON.parse(readFileSync(at(`${name}/events/good.result.json`), 'utf8'));
      for (const { payload } of invocations) expect(JSON.parse(String(payload))).toEqual(expected);
      expect(audits).toEqual([expect.objectContaining({ type: 'coverage' })]);
      const sections = { process: 'prevent', network: 'prevent', files: 'prevent' };
      expect(audits[0]?.detail).toMatchObject({ tier, sections });

      const attacked = await run(like, 'attack');
      expect(String(attacked.invocations[0]?.payload)).not.toContain('ringfence-proof-42');
      expect(attacked.audits).toContainEqual(expect.objectContaining({ type: 'process', action: 'blocked' }));
    });

    if (!isStatic || !inNamespaces) return;
    it('does not start it unguarded where only T2 is left', async () => {
      const run = await protect(example);
      const { invocations } = await run('lambda', 'good');
      expect(invocations[0]).toMatchObject({ status: 'error', errorType: 'Ringfence.Refused' });
    });
  });
}
