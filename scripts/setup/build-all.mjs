import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';
import { step } from './say.mjs';
import { stampedStep } from './stamped-step.mjs';

const settings = ['package-lock.json', 'tsconfig.json', 'tsconfig.base.json'];
const typescript = [
  ...['packages/policy', 'packages/audit', 'packages/learn', 'packages/waas'],
  ...['packages/findings', 'packages/code', 'packages/scan', 'packages/posture', 'apps/console', 'apps/cli'],
  ...['integrations/serverless', 'integrations/cdk'],
];
const fix = 'Its messages are above.';

/** Builds TypeScript, the web UI, the Defender and the launcher, each only when its sources changed. */
export async function buildAll() {
  await stampedStep(
    'building the WAAS engine',
    {
      inputs: ['package-lock.json', 'packages/waas/assembly', 'packages/waas/words', 'packages/waas/scripts'],
      outputs: ['packages/waas/build/waas.wasm'],
    },
    () => run('node', ['packages/waas/scripts/build.mjs'], fix),
  );
  await stampedStep(
    'building the managed policies of AWS',
    {
      inputs: ['package-lock.json', 'packages/posture/scripts'],
      outputs: ['packages/posture/build/managed-policies.json.br'],
    },
    () => run('node', ['packages/posture/scripts/build.mjs'], fix),
  );
  await stampedStep(
    'building TypeScript',
    { inputs: [...settings, ...typescript], outputs: typescript.map((path) => `${path}/dist`) },
    () => run('node', ['node_modules/typescript/bin/tsc', '-b', ...typescript], fix),
  );
  await stampedStep(
    'building the web UI',
    {
      inputs: [
        ...settings,
        'packages/policy',
        'packages/audit',
        'packages/learn',
        'packages/waas',
        'apps/web',
      ],
      outputs: ['apps/web/dist'],
    },
    () =>
      run('node', ['../../node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], fix, {
        cwd: join(root, 'apps/web'),
      }),
  );
  await stampedStep(
    'building the Defender for x86_64 and arm64',
    {
      inputs: [
        ...['defender/init', 'defender/guard'],
        ...['packages/waas/assembly', 'packages/waas/words', 'packages/waas/scripts'],
      ],
      outputs: ['x86_64', 'arm64'].flatMap((arch) =>
        ['ringfence-init', 'guard.so'].map((name) => `defender/init/build/${arch}/${name}`),
      ),
    },
    () => run('node', ['defender/init/build.mjs'], fix),
  );
  await stampedStep(
    "building the launcher of Lambda's sandbox",
    {
      inputs: ['apps/cli/native'],
      outputs: ['x86_64', 'arm64'].map((arch) => `apps/cli/native/build/${arch}/lambda-sandbox`),
    },
    () => run('node', ['apps/cli/native/build.mjs'], fix),
  );
}

/**
 * Builds the interface clients and the example functions, each only when its sources changed; what this machine has no tools for is left
 * out with a message. Without a stamp for all: what was left out is built once its tools are there.
 */
export async function buildExamples() {
  const script = 'examples/build.mjs';
  if (existsSync(join(root, script))) await step('building the examples', () => run('node', [script], fix));
}
