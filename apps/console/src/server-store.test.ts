import { join } from 'node:path';
import { DatabaseBuilder } from '@ringfence/scan';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConsoleOptions, RunningConsole } from './console-options.ts';
import { startConsole } from './start-console.ts';
import { DefenderClient, makeApi, registerFunction, signUp } from './testing/console-client.ts';
import { makeAudit, testFunction } from './testing/make-audit.ts';
import { makeFinding, makeReport, scannedFunction } from './testing/make-report.ts';
import { findPostgresql, type Postgresql, startPostgresql } from './testing/start-postgresql.ts';
import { makeTemporaryFolder } from './testing/temporary-folder.ts';

const bin = findPostgresql();

describe.skipIf(bin === undefined)('two Consoles on one PostgreSQL server', () => {
  let postgresql: Postgresql | undefined;
  let consoles: RunningConsole[] = [];
  let token = '';
  const start = (more: Partial<ConsoleOptions> = {}) =>
    startConsole({
      port: 0,
      defenderPort: 0,
      dataDirectory: '/nonexistent',
      databaseUrl: postgresql?.url ?? '',
      log: pino({ level: 'silent' }),
      ...more,
    });

  beforeAll(async () => {
    postgresql = await startPostgresql(bin ?? '');
    // At the same time: both make the tables, the keys and the authority.
    consoles = await Promise.all([start(), start()]);
    const [last] = await Promise.allSettled(consoles.map((running) => signUp(running))).then((results) =>
      results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
    );
    token = last?.token ?? '';
  });
  afterAll(async () => {
    await Promise.all(consoles.map((running) => running.close()));
    await postgresql?.stop();
  });
  const apis = () => consoles.map((running) => makeApi(running, token));

  test('share the authority, the function tokens, the policy and the audits', async () => {
    const [first, second] = apis();
    if (!first || !second) throw new Error('two Consoles are expected');
    expect(consoles[0]?.authority).toBe(consoles[1]?.authority);
    const { token: functionToken = '' } = await registerFunction(first, testFunction);
    expect((await registerFunction(second, testFunction)).token).toBe(functionToken);

    const policy = { version: 1, runtime: { rules: [{ name: 'shared' }] } };
    const puts = await Promise.all(
      apis().map((api) => api('PUT', '/api/policy', { policy }, { 'if-match': '"0"' })),
    );
    expect(puts.map(({ status }) => status).sort()).toEqual([200, 412]);

    const clients = consoles.map((running) => new DefenderClient(running, functionToken));
    const policies = await Promise.all(clients.map((client) => client.getPolicy()));
    expect(policies[0]?.headers.etag).toBe(policies[1]?.headers.etag);

    const audits = Array.from({ length: 200 }, () => makeAudit());
    const answers = await Promise.all(clients.map((client) => client.postAudits(audits)));
    const counts = answers.map(({ text }) => JSON.parse(text));
    expect(counts[0].accepted + counts[1].accepted).toBe(200);
    expect(counts[0].duplicates + counts[1].duplicates).toBe(200);
    const { body } = await second('GET', '/api/audits?limit=500');
    expect(new Set(body.items.map(({ id }: { id: string }) => id)).size).toBe(200);
    expect(body.items).toHaveLength(200);
    expect((await second('GET', '/api/defenders')).body.items[0]).toMatchObject({ instances: 1 });
    for (const client of clients) client.close();
  });

  test('take the same report at the same time once, and match it again once', async () => {
    const advisories = join(makeTemporaryFolder(), 'advisories.db');
    const ranges = [{ type: 'SEMVER' as const, events: [{ introduced: '0' }, { fixed: '5.0.0' }] }];
    const builder = new DatabaseBuilder();
    builder.add({
      id: 'GHSA-9',
      aliases: [],
      summary: 'Newer',
      modified: '2026-02-01T00:00:00Z',
      severity: [],
      cwes: [],
      references: [],
      affected: [{ ecosystem: 'npm', name: 'lodash', ranges, versions: [], severity: [] }],
    });
    await builder.write(advisories);
    const body = { function: scannedFunction('shared'), report: makeReport(0, [makeFinding()]) };
    const answers = await Promise.all(apis().map((api) => api('POST', '/api/reports', body)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);

    const followers = await Promise.all([start({ advisories }), start({ advisories })]);
    const api = makeApi(followers[0] as RunningConsole, token);
    const rules = async () =>
      (await api('GET', '/api/findings/advisories?state=new,open')).body.items.map(
        ({ rule }: { rule: string }) => rule,
      );
    try {
      await expect.poll(rules, { timeout: 20_000, interval: 200 }).toEqual(['GHSA-9']);
      const { body: list } = await api('GET', '/api/findings?rule=GHSA-9');
      const [{ functionId, finding }] = list.items;
      const { body: found } = await api('GET', `/api/findings/${functionId}/scan/${finding.id}`);
      expect(found.history).toMatchObject([{ what: 'found', by: 'advisory database' }]);
      expect((await api('GET', '/api/findings/functions')).body).toMatchObject({
        items: [{ functionId, rematched: true }],
        counts: { new: 1, open: 0, fixed: 1, suppressed: 0 },
      });
    } finally {
      await Promise.all(followers.map((running) => running.close()));
    }
  });

  test('the stream of one shows what the other stored', async () => {
    const [first] = apis();
    const [one, two] = consoles;
    if (!first || !one || !two) throw new Error('two Consoles are expected');
    const { token: functionToken = '' } = await registerFunction(first, testFunction);
    const stream = await fetch(`${two.url}/api/audits/stream?q=across`, {
      headers: { authorization: `Bearer ${token}`, 'last-event-id': '0' },
    });
    const client = new DefenderClient(one, functionToken);
    await client.postAudits([makeAudit({ message: 'from across' })]);
    client.close();
    let text = '';
    for await (const part of stream.body ?? []) {
      text += Buffer.from(part as Uint8Array).toString();
      if (text.includes('event: audit')) break;
    }
    expect(text).toContain('from across');
  });
});
