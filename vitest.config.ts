import { defineConfig } from 'vitest/config';

// Tests import the sources of workspaces, not their build, so that a test never runs against an old build.
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: [
      '{packages,apps}/*/src/**/*.test.ts',
      '{defender,integrations}/*/test/**/*.test.ts',
      'e2e/**/*.test.ts',
      'bench/**/*.test.ts',
      'scripts/**/*.test.ts',
    ],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    // It imports JSON as Node does not.
    server: { deps: { inline: [/@actions\/workflow-parser/] } },
  },
});
