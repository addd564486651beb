import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CliError } from '../apps/cli/src/common/cli-error.ts';
import { parseRuntime } from '../apps/cli/src/embed/recognise-runtime.ts';
import { runFunction } from '../apps/cli/src/run/run-function.ts';
import { findRuntimeClient } from '../apps/cli/src/run/runtime-clients.ts';
import { findIsolation, likenesses } from '../apps/cli/src/run/sandbox-places.ts';
import examples from '../examples/examples.json' with { type: 'json' };

const at = (path: string) => fileURLToPath(new URL(`../examples/${path}`, import.meta.url));
type Example = (typeof examples)[number];

/** Why an example can't run on this machine, or undefined. */
function findObstacle(example: Example): string | undefined {
  try {
    findRuntimeClient(parseRuntime(example.runtime));
  } catch (error) {
    if (error instanceof CliError) return error.message;
    throw error;
  }
  return existsSync(at(example.package)) ? undefined : `${at(example.package)} is not built`;
}

for (const example of examples) {
  const obstacle = findObstacle(example);
  if (obstacle) console.warn(`Skipped: the ${example.name} example. ${obstacle} It needs ${example.needs}.`);
  describe.skipIf(obstacle)(`the ${example.name} example`, () => {
    const { runtime, handler, functionName, memoryMb } = example;
    const options = { package: at(example.package), runtime, handler, functionName, memoryMb };
    const read = (event: string) => readFileSync(at(`${example.name}/events/${event}.json`));

    const likeAll = findIsolation() === 'namespaces' ? likenesses : (['container'] as const);
    test.each(likeAll)('does its work as in %s, and its hole is real', async (like) => {
      const events = [read('good'), read('good'), read('attack'), read('good')];
      const { invocations, logs } = await runFunction({ ...options, like, timeoutSeconds: 20, events });
      expect(
        invocations.map(({ status }) => status),
        JSON.stringify(logs),
      ).toEqual(['ok', 'ok', 'ok', 'ok']);
      const [first, second, attacked, last] = invocations.map(({ payload }) => String(payload));
      expect(JSON.parse(String(first))).toEqual(JSON.parse(String(read('good.result'))));
      expect(second).toBe(first);
      expect(last).toBe(first);
      // Only a shell that ran turns 6*7 into 42.
      expect(attacked).toContain('ringfence-proof-42');
      expect(invocations[0]?.initDurationMs).toBeGreaterThan(0);
      expect(invocations[1]?.initDurationMs).toBeUndefined();
    });
  });
}
