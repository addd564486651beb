import { decodeSignedPolicy, verifySignedPolicy } from '@ringfence/policy';
import { expect, test } from 'vitest';
import { DefenderClient, registerFunction } from '../testing/console-client.ts';
import { makeAudit, testFunction } from '../testing/make-audit.ts';
import { useConsole } from '../testing/test-console.ts';

const shared = useConsole();
const otherFunction = { ...testFunction, name: 'resize' };

test('an audit is stored once, however often and in how many batches it is sent at the same time', async () => {
  const { defender, api } = shared;
  const audit = makeAudit({ message: 'sent many times' });
  const answers = await Promise.all(Array.from({ length: 20 }, () => defender.postAudits([audit, audit])));
  const counts = answers.map(({ text }) => JSON.parse(text));
  expect(counts.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(1);
  expect(counts.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(39);
  const { body } = await api('GET', '/api/audits?q=sent+MANY+times');
  expect(body.items).toHaveLength(1);
  const { line, ...stored } = (await api('GET', `/api/audits/${audit.id}`)).body;
  expect(line).toBe(JSON.stringify(audit));
  expect(stored).toMatchObject(audit);
});

test('lines that are no audit, or of another function, are rejected; the rest of the batch is stored', async () => {
  const { defender } = shared;
  const foreign = makeAudit({ function: { ...otherFunction, version: '1' } });
  const ancient = makeAudit({ time: '0001-01-01T00:00:00Z' });
  const { status, text } = await defender.postAudits([
    makeAudit(),
    foreign,
    'rubbish',
    '{"ringfence":1}',
    ancient,
    makeAudit({ message: 'with \u0000 and \ud800 inside' }),
  ]);
  expect(status).toBe(200);
  expect(JSON.parse(text)).toEqual({ accepted: 2, duplicates: 0, rejected: 4 });
});

test('an empty batch, and one that is too large', async () => {
  const { defender } = shared;
  expect(JSON.parse((await defender.postAudits([])).text)).toEqual({
    accepted: 0,
    duplicates: 0,
    rejected: 0,
  });
  const large = await defender.postAudits([`${'x'.repeat(1024 * 1024)}`]);
  expect(large.status).toBe(413);
});

test('a function token reaches nothing but its own policy and audits, and can be revoked', async () => {
  const { api, running } = shared;
  const { token = '' } = await registerFunction(api, otherFunction);
  const client = new DefenderClient(running, token);
  expect((await client.getPolicy()).status).toBe(200);
  expect((await client.send('GET', '/api/policy')).status).toBe(404);
  expect((await client.send('GET', '/api/defender/audits')).status).toBe(405);
  for (const path of ['/api/policy', '/api/audits', '/api/defenders'])
    expect((await api('GET', path, undefined, { authorization: `Bearer ${token}` })).status).toBe(401);
  const [, id = ''] = token.split('.');
  expect((await registerFunction(api, otherFunction)).token).toBe(token);
  expect((await api('POST', `/api/functions/${id}/revoke-token`)).status).toBe(204);
  expect((await client.getPolicy()).status).toBe(401);
  const renewed = (await registerFunction(api, otherFunction)).token ?? '';
  expect(renewed).not.toBe(token);
  const again = new DefenderClient(running, renewed);
  expect((await again.getPolicy()).status).toBe(200);
  client.close();
  again.close();
});

test.each(['no token', `rf1.${'0'.repeat(64)}.${'A'.repeat(43)}`, 'rft_abc'])(
  'the token %s is refused',
  async (token) => {
    const client = new DefenderClient(shared.running, token);
    const answer = await client.getPolicy();
    client.close();
    expect(answer.status).toBe(401);
    expect(answer.headers['content-type']).toBe('application/problem+json');
  },
);

test('the policy is signed, has an ETag, and follows changes and a rotated key', async () => {
  const { api, defender } = shared;
  const { pinnedKey, signedPolicy } = await registerFunction(api, testFunction);
  if (!pinnedKey || !signedPolicy) throw new Error('the configuration is not complete');
  const first = await defender.getPolicy();
  expect(first.headers['content-type']).toBe('application/octet-stream');
  expect(new Uint8Array(first.bytes)).toEqual(signedPolicy);
  expect((await defender.getPolicy(first.headers.etag)).status).toBe(304);

  const rule = { name: 'Converters', process: { effect: 'alert', allow: ['/usr/bin/gs'] } };
  await api('PUT', '/api/policy', { policy: { version: 1, runtime: { rules: [rule] } } });
  const second = await defender.getPolicy(first.headers.etag);
  expect(second.status).toBe(200);
  const verified = verifySignedPolicy(new Uint8Array(second.bytes), pinnedKey).policy;
  expect(verified.process).toMatchObject({ effect: 'alert', allow: [{ path: '/usr/bin/gs' }] });
  expect(verified.revision).toBe(1);

  expect((await api('POST', '/api/signing-keys/rotate')).status).toBe(201);
  await api('POST', '/api/signing-keys/rotate');
  const third = await defender.getPolicy(second.headers.etag);
  expect(third.status).toBe(200);
  const bytes = new Uint8Array(third.bytes);
  expect(decodeSignedPolicy(bytes).links).toHaveLength(2);
  const { body } = await api('GET', '/api/signing-keys');
  expect(body.items.map(({ current }: { current: boolean }) => current)).toEqual([false, false, true]);
  expect(Buffer.from(verifySignedPolicy(bytes, pinnedKey).publicKey).toString('base64url')).toBe(
    body.items[2].publicKey,
  );
});

test('Defenders show what their newest coverage said, and how many instances live', async () => {
  const { api, defender } = shared;
  const detail = {
    tier: 'T0',
    kernel: '6.1.0',
    filter: true,
    notify: true,
    verify: true,
    landlock: 4,
    policy: 7,
    source: 'console',
    init: '0.1.0',
    sections: { process: 'prevent' },
    missing: [],
  };
  const common = { ...makeAudit(), type: 'coverage', action: 'reported' };
  const at = (id: string, instance: string, time: string, policy: number) => ({
    ...common,
    id: id.repeat(32),
    instance: instance.repeat(16),
    time,
    detail: { ...detail, policy },
  });
  await defender.postAudits([
    at('a', 'b', '2026-11-21T10:00:00Z', 7),
    at('b', 'c', '2026-11-21T09:00:00Z', 6),
  ]);
  const { text } = await defender.postAudits([at('c', 'c', '2026-11-21T08:00:00Z', 5)]);
  expect(JSON.parse(text).accepted).toBe(1);
  const { body } = await api('GET', '/api/defenders');
  const row = body.items.find(({ function: { name } }: typeof body) => name === 'convert');
  expect(row).toMatchObject({ tier: 'T0', policyRevision: 7, defenderVersion: '0.1.0', version: '$LATEST' });
  expect(row.instances).toBe(3);
  expect(row.coverage).toEqual(detail);
});
