import { defineConfig } from 'vitest/config';

const shared = {
  // Tests import the sources of workspaces, not their build, so that a test never runs against an old build.
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
};

const limits = {
  testTimeout: 60_000, // a slow machine with others on it takes twice as long as its own
  hookTimeout: 120_000,
  // It imports JSON as Node does not.
  server: { deps: { inline: [/@actions\/workflow-parser/] } },
};

const races = ['e2e/attacks/races.test.ts', 'bench/**/*.test.ts'];

export default defineConfig({
  test: {
    projects: [
      // What only computes runs on all cores at once, and its modules are read once for all: half of the time was that.
      {
        ...shared,
        test: {
          ...limits,
          name: 'packages',
          include: ['packages/*/src/**/*.test.ts'],
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      // What starts processes or servers spends half of its time waiting.
      {
        ...shared,
        test: {
          ...limits,
          name: 'machine',
          include: [
            'apps/*/src/**/*.test.ts',
            '{defender,integrations}/*/test/**/*.test.ts',
            'e2e/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          exclude: races,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      // Who has to win a race needs both cores.
      {
        ...shared,
        test: {
          ...limits,
          name: 'races',
          include: races,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
