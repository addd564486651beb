import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startConsole } from '@ringfence/console';
import { buildWeb } from './build-web.ts';

/** A real Console with the built UI, on free ports and an empty data folder that goes when it is closed. */
export async function startTestConsole() {
  await buildWeb();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'ringfence-web-'));
  const running = await startConsole({ port: 0, defenderPort: 0, dataDirectory });
  return {
    ...running,
    close: async () => {
      await running.close();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

export type TestConsole = Awaited<ReturnType<typeof startTestConsole>>;
