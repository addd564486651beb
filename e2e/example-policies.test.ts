import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runFunction } from '../apps/cli/src/run/run-function.ts';
import { ringfence, root } from './ringfence.ts';

type Example = {
  name: string;
  runtime: string;
  package: string;
  handler: string;
  functionName: string;
  memoryMb: number;
};

const at = (path: string) => join(root, 'examples', path);
const examples: Example[] = JSON.parse(readFileSync(at('examples.json'), 'utf8'));

let work: string;

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'ringfence-policies-'));
});

afterAll(() => rmSync(work, { recursive: true, force: true }));

describe.each(examples)('the policy of the $name example', (example) => {
  const { name, runtime, handler, functionName, memoryMb } = example;

  it.skipIf(!existsSync(at(example.package)))(
    'allows all of its work, and nothing of the attack',
    async () => {
      const output = join(work, name);
      const arch = process.arch === 'arm64' ? 'arm64' : 'x86_64';
      const line = ['embed', at(example.package), '--function', functionName, '--region', 'eu-west-1'];
      const policy = [
        '--policy',
        at(`${name}/policy.yaml`),
        '--runtime',
        runtime,
        '--arch',
        arch,
        '-o',
        output,
      ];
      expect(await ringfence([...line, ...policy], { XDG_CONFIG_HOME: join(work, 'config') })).toMatchObject({
        code: 0,
      });
      const run = (...events: string[]) =>
        runFunction({
          ...{ package: output, runtime, handler, functionName, memoryMb, timeoutSeconds: 20 },
          events: events.map((event) => readFileSync(at(`${name}/events/${event}.json`))),
        });

      const { invocations, audits } = await run('good', 'good');
      const expected = JSON.parse(readFileSync(at(`${name}/events/good.result.json`), 'utf8'));
      for (const { payload } of invocations) expect(JSON.parse(String(payload))).toEqual(expected);
      expect(audits).toEqual([expect.objectContaining({ type: 'coverage' })]);
      expect(audits[0]?.detail).toMatchObject({
        sections: { process: 'prevent', network: 'prevent', files: 'prevent' },
      });

      const attacked = await run('attack');
      expect(String(attacked.invocations[0]?.payload)).not.toContain('ringfence-proof-42');
      expect(attacked.audits).toContainEqual(expect.objectContaining({ type: 'process', action: 'blocked' }));
    },
  );
});
