import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DefenderClient, makeApi, registerFunction, signUp } from './testing/console-client.ts';
import { makeAudit, testFunction } from './testing/make-audit.ts';
import { type SpawnedConsole, spawnConsole } from './testing/spawn-console.ts';

const dataDirectory = mkdtempSync(join(tmpdir(), 'ringfence-console-'));
let running: SpawnedConsole | undefined;
afterAll(async () => {
  await running?.end('SIGKILL');
  rmSync(dataDirectory, { recursive: true, force: true });
});

/** Sends batches without pause until the Console dies; answers the ids of each acknowledged batch. */
async function loadUntilDeath(client: DefenderClient): Promise<string[]> {
  const acknowledged: string[] = [];
  try {
    for (;;) {
      const batch = Array.from({ length: 50 }, () => makeAudit());
      const { status } = await client.postAudits(batch);
      if (status === 200) acknowledged.push(...batch.map(({ id }) => id));
    }
  } catch {
    return acknowledged;
  }
}

async function listAllIds(api: ReturnType<typeof makeApi>): Promise<string[]> {
  const ids: string[] = [];
  for (let before = ''; ; ) {
    const { body } = await api('GET', `/api/audits?limit=500${before}`);
    ids.push(...body.items.map(({ id }: { id: string }) => id));
    if (body.next === null) return ids;
    before = `&before=${encodeURIComponent(body.next)}`;
  }
}

test('a Console that is killed under load keeps each acknowledged audit once, and the policy and the tokens', async () => {
  running = await spawnConsole({ dataDirectory });
  const { token } = await signUp(running);
  const { token: functionToken = '' } = await registerFunction(makeApi(running, token), testFunction);
  const acknowledged = new Set<string>();
  for (let round = 1; round <= 3; round++) {
    const { url } = running;
    const client = new DefenderClient(running, functionToken);
    const senders = Array.from({ length: 6 }, () => loadUntilDeath(client));
    await new Promise((resolve) => setTimeout(resolve, 700 + 150 * round));
    const policy = { version: 1, runtime: { rules: [{ name: `round ${round}` }] } };
    const put = await makeApi({ ...running, url }, token)('PUT', '/api/policy', { policy });
    expect(put.status).toBe(200);
    await running.end('SIGKILL');
    const ids = (await Promise.all(senders)).flat();
    client.close();
    expect(ids.length).toBeGreaterThan(0);
    for (const id of ids) acknowledged.add(id);

    running = await spawnConsole({ dataDirectory });
    const api = makeApi(running, token);
    expect((await api('GET', '/api/policy')).body).toMatchObject({ revision: round, policy });
    const stored = await listAllIds(api);
    expect(new Set(stored).size).toBe(stored.length);
    const kept = new Set(stored);
    expect([...acknowledged].filter((id) => !kept.has(id))).toEqual([]);
  }
  // What was acknowledged before is a duplicate now: it is counted once however often it is sent.
  const again = new DefenderClient(running, functionToken);
  const [known = ''] = acknowledged;
  const { text } = await again.postAudits([makeAudit({ id: known }), makeAudit()]);
  again.close();
  expect(JSON.parse(text)).toEqual({ accepted: 1, duplicates: 1, rejected: 0 });
}, 120_000);
