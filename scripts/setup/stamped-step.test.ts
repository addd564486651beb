import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { root } from './run.mjs';
import { stampedStep } from './stamped-step.mjs';

it('does a step again only when an input changed, an output is gone, or it failed', async () => {
  const folder = 'node_modules/.cache/ringfence/test-of-steps';
  const at = (path: string) => join(root, folder, path);
  onTestFinished(() => {
    rmSync(at('.'), { recursive: true, force: true });
    rmSync(at('../test-of-steps.stamp'), { force: true });
  });
  mkdirSync(at('src'), { recursive: true });
  writeFileSync(at('src/a'), '1');
  let times = 0;
  const work = async () => {
    times++;
    writeFileSync(at('out'), '');
  };
  const step = (doIt = work) =>
    stampedStep('test of steps', { inputs: [`${folder}/src`], outputs: [`${folder}/out`] }, doIt);

  await step();
  await step();
  expect(times).toBe(1);
  writeFileSync(at('src/b'), '2');
  await step();
  expect(times).toBe(2);
  rmSync(at('out'));
  await step();
  expect(times).toBe(3);
  writeFileSync(at('src/b'), '3');
  await expect(step(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await step();
  expect(times).toBe(4);
});
