import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import type { ConsoleOptions, RunningConsole } from '../console-options.ts';
import { startConsole } from '../start-console.ts';
import { DefenderClient, makeApi, registerFunction, signUp } from './console-client.ts';
import { testFunction } from './make-audit.ts';

type TestConsole = {
  running: RunningConsole;
  /** Of the admin. */
  cookie: string;
  token: string;
  api: ReturnType<typeof makeApi>;
  /** Of `testFunction`, which is registered. */
  defender: DefenderClient;
};

/** One real Console with an admin and a function for all tests of a file. */
export function useConsole(makeOptions: () => Partial<ConsoleOptions> = () => ({})): TestConsole {
  const shared = {} as TestConsole;
  const dataDirectory = mkdtempSync(join(tmpdir(), 'ringfence-console-'));
  beforeAll(async () => {
    const options = { dataDirectory, port: 0, defenderPort: 0, log: pino({ level: 'silent' }) };
    const running = await startConsole({ ...options, ...makeOptions() });
    const { cookie, token } = await signUp(running);
    const api = makeApi(running, token);
    const { token: functionToken = '' } = await registerFunction(api, testFunction);
    const defender = new DefenderClient(running, functionToken);
    Object.assign(shared, { running, cookie, token, api, defender });
  });
  afterAll(async () => {
    shared.defender?.close();
    await shared.running?.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  });
  return shared;
}
