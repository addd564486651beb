import { defineConfig } from 'vitest/config';
import everyTest from '../../../vitest.config.ts';

// What needs a whole emulated machine: `npm run test:arm64`.
export default defineConfig({
  ...everyTest,
  test: { ...everyTest.test, include: ['defender/init/emulated/*.test.ts'] },
});
