import type { Report } from '@ringfence/findings';
import { expect, test } from 'vitest';
import { makeFinding, makeReport, scannedFunction } from '../../testing/make-report.ts';
import { useConsole } from '../../testing/test-console.ts';

const shared = useConsole();

const publish = (name: string, report: Report) =>
  shared.api('POST', '/api/reports', { function: scannedFunction(name), report });

type Item = { functionId: string; state: string; finding: { id: string } };

/** The states of a function's findings, by id. */
async function statesOf(name: string): Promise<Record<string, string>> {
  const { body } = await shared.api('GET', `/api/findings?function=${name}`);
  return Object.fromEntries(body.items.map(({ finding, state }: Item) => [finding.id, state]));
}

test('findings are new, then open, then fixed, and new again when they come back', async () => {
  const [one, two] = [makeFinding(), makeFinding({ id: 'b2', rule: 'GHSA-2' })];
  expect(await publish('states', makeReport(0, [one]))).toMatchObject({
    status: 200,
    body: { found: 1, fixed: 0, returned: 0 },
  });
  expect(await statesOf('states')).toEqual({ a1: 'new' });
  await publish('states', makeReport(1, [one, two]));
  expect(await statesOf('states')).toEqual({ a1: 'open', b2: 'new' });
  expect((await publish('states', makeReport(2, [two]))).body).toMatchObject({ fixed: 1 });
  expect(await statesOf('states')).toEqual({ a1: 'fixed', b2: 'open' });
  expect((await publish('states', makeReport(3, [one, two]))).body).toMatchObject({ returned: 1 });
  expect(await statesOf('states')).toEqual({ a1: 'new', b2: 'open' });
});

test('the same report again changes nothing, and an older one is refused', async () => {
  await publish('again', makeReport(5, [makeFinding()]));
  expect((await publish('again', makeReport(5, [makeFinding()]))).status).toBe(200);
  expect(await statesOf('again')).toEqual({ a1: 'new' });
  expect(await publish('again', makeReport(4, []))).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('A newer report about again is stored') },
  });
  expect(await statesOf('again')).toEqual({ a1: 'new' });
});

test('reports of one tool leave the findings of another alone', async () => {
  await publish('tools', makeReport(0, [makeFinding()]));
  const posture = makeFinding({ id: 'c3', kind: 'posture', rule: 'posture/wildcard-action' });
  await publish('tools', makeReport(1, [posture], { tool: 'posture' }));
  await publish('tools', makeReport(2, [], { tool: 'posture' }));
  expect(await statesOf('tools')).toEqual({ a1: 'new', c3: 'fixed' });
});

test('a suppression holds until it expires or is taken back, and the history says who did what', async () => {
  await publish('suppressed', makeReport(0, [makeFinding()]));
  const { body: list } = await shared.api('GET', '/api/findings?function=suppressed');
  const path = `/api/findings/${list.items[0].functionId}/scan/a1`;
  const suppress = (body: object) => shared.api('PUT', `${path}/suppression`, body);
  expect((await suppress({ reason: 'not called', expires: '2020-01-01' })).status).toBe(400);
  expect((await suppress({ reason: ' ' })).status).toBe(400);
  expect((await suppress({ reason: 'not called', expires: '2999-12-31' })).status).toBe(204);
  expect(await statesOf('suppressed')).toEqual({ a1: 'suppressed' });
  await publish('suppressed', makeReport(1, [makeFinding()]));
  const { body } = await shared.api('GET', path);
  expect(body).toMatchObject({
    state: 'suppressed',
    suppression: { reason: 'not called', expires: '2999-12-31', by: expect.stringMatching(/^test /) },
    history: [{ what: 'suppressed', note: 'until 2999-12-31: not called' }, { what: 'found' }],
  });
  expect((await shared.api('DELETE', `${path}/suppression`)).status).toBe(204);
  expect((await shared.api('DELETE', `${path}/suppression`)).status).toBe(404);
  expect(await statesOf('suppressed')).toEqual({ a1: 'open' });
});

test('what the ignore file of the scan names is suppressed until it expires or is no longer named', async () => {
  const ignored = (expires: string) => ({
    suppressed: [{ ...makeFinding(), suppression: { reason: 'no\0 way in', expires } }],
  });
  await publish('ignored', makeReport(0, [], ignored('2999-01-01')));
  expect(await statesOf('ignored')).toEqual({ a1: 'suppressed' });
  const { body } = await shared.api('GET', '/api/findings?function=ignored');
  expect(body.items[0].suppression).toEqual({
    reason: 'no  way in',
    expires: '2999-01-01',
    by: null,
    at: null,
  });
  await publish('ignored', makeReport(1, [], ignored('2020-01-01')));
  expect(await statesOf('ignored')).toEqual({ a1: 'open' });
  await publish('ignored', makeReport(2, [makeFinding()]));
  expect((await shared.api('GET', '/api/findings?function=ignored')).body.items[0].suppression).toBeNull();
});

test('lists are filtered, counted, and come page by page with the worst first', async () => {
  const findings = Array.from({ length: 25 }, (_, index) =>
    makeFinding({
      id: index.toString(16),
      rule: `GHSA-${index % 5}`,
      severity: index % 5 === 0 ? 'critical' : 'low',
      title: index === 7 ? 'Half of 100% is_odd' : 'other',
    }),
  );
  await publish('pages-1', makeReport(0, findings));
  await publish('pages-2', makeReport(0, findings.slice(0, 5)));
  const seen: Item[] = [];
  for (let offset: number | null = 0; offset !== null; ) {
    const { body } = await shared.api('GET', `/api/findings?function=pages-*&limit=7&offset=${offset}`);
    seen.push(...body.items);
    offset = body.next;
  }
  expect(new Set(seen.map(({ functionId, finding }) => functionId + finding.id)).size).toBe(30);
  expect(seen.findIndex(({ finding }) => Number.parseInt(finding.id, 16) % 5 !== 0)).toBe(6);

  const get = async (query: string) => (await shared.api('GET', `/api/findings${query}`)).body;
  expect((await get('?function=pages-*&severity=critical')).counts).toEqual({
    new: 6,
    open: 0,
    fixed: 0,
    suppressed: 0,
  });
  expect((await get('?q=100%25%20IS_ODD')).items).toMatchObject([{ finding: { id: '7' } }]);
  expect((await get('?function=pages-*&reachable=no')).items).toEqual([]);
  const { items: functions } = await get('/functions?function=pages-*');
  expect(functions).toMatchObject([
    { function: { name: 'pages-1' }, severities: { critical: 5, low: 20, high: 0 } },
    { function: { name: 'pages-2' }, severities: { critical: 1, low: 4, high: 0 } },
  ]);
  const { items: advisories, next } = await get('/advisories?function=pages-*&limit=2');
  expect(advisories).toMatchObject([
    { rule: 'GHSA-0', severity: 'critical', findings: 6, functions: 2, names: ['pages-1', 'pages-2'] },
    { rule: 'GHSA-1', severity: 'low', findings: 6, functions: 2, package: 'lodash' },
  ]);
  expect(next).toBe(2);
});

test('functions without a finding are listed as good news, and forgotten when asked', async () => {
  const { body: published } = await publish('clean', makeReport(0, []));
  const list = async (query: string) =>
    (await shared.api('GET', `/api/findings/functions?function=clean${query}`)).body.items;
  expect(await list('&state=new,open')).toMatchObject([
    { functionId: published.functionId, severities: { critical: 0 } },
  ]);
  expect(await list('&state=fixed')).toEqual([]);
  expect(await list('&severity=critical')).toEqual([]);
  expect((await shared.api('DELETE', `/api/reports/${published.functionId}`)).status).toBe(204);
  expect((await shared.api('DELETE', `/api/reports/${published.functionId}`)).status).toBe(404);
  expect(await list('')).toEqual([]);
});

const hostile: [string, object, number, string][] = [
  ['no report', { function: scannedFunction() }, 400, 'report'],
  [
    'a path as a name',
    { function: scannedFunction('../x y'), report: makeReport(0, []) },
    400,
    'function.name',
  ],
  [
    'a report of tomorrow',
    { function: scannedFunction(), report: makeReport(0, [], { time: '2999-01-01T00:00:00Z' }) },
    400,
    'report.time',
  ],
  [
    'an id that is none',
    { function: scannedFunction(), report: makeReport(0, [makeFinding({ id: '../../x' })]) },
    400,
    'report.findings.0.id',
  ],
  [
    'a rule with control characters',
    { function: scannedFunction(), report: makeReport(0, [makeFinding({ rule: 'a\0b' })]) },
    400,
    'report.findings.0.rule',
  ],
  [
    'too many findings',
    { function: scannedFunction(), report: { ...makeReport(0, []), findings: Array(10_001).fill({}) } },
    400,
    'report.findings',
  ],
  [
    'too large a body',
    { function: scannedFunction(), report: { ...makeReport(0, []), notes: ['x'.repeat(33 * 1024 * 1024)] } },
    413,
    '32 MiB',
  ],
];
test.each(hostile)('%s is refused in words', async (_what, body, status, word) => {
  const answer = await shared.api('POST', '/api/reports', body);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(JSON.stringify(answer.body)).toContain(word);
});

test('text that the store cannot hold comes back as it was', async () => {
  const title = 'NUL \0, half a pair \ud800, <b>';
  await publish('odd', makeReport(0, [makeFinding({ title })]));
  const { body } = await shared.api('GET', '/api/findings?function=odd&q=half%20a%20pair');
  expect(body.items[0].finding.title).toBe(title);
});

test('who is not signed in, and who only looks, may not publish', async () => {
  const body = { function: scannedFunction(), report: makeReport(0, []) };
  const headers = { authorization: 'Bearer nothing' };
  expect((await shared.api('POST', '/api/reports', body, headers)).status).toBe(401);
  const { body: viewer } = await shared.api('POST', '/api/tokens', { name: 'viewer', role: 'viewer' });
  const asViewer = { authorization: `Bearer ${viewer.token}` };
  expect((await shared.api('POST', '/api/reports', body, asViewer)).status).toBe(403);
  expect((await shared.api('GET', '/api/findings', undefined, asViewer)).status).toBe(200);
});
