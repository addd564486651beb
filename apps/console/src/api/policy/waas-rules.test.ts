import { expect, test } from 'vitest';
import { useConsole } from '../../testing/test-console.ts';

const shared = useConsole();
const put = (...rules: object[]) =>
  shared.api('PUT', '/api/policy', { policy: { version: 1, waas: { rules } } });

test('a WAAS rule is taken with its defaults', async () => {
  expect(await put({ name: 'api' })).toMatchObject({
    status: 200,
    body: { policy: { waas: { rules: [{ effect: 'alert', confidence: 60, records: 'retry' }] } } },
  });
});

test.each<[object, string, string]>([
  [{ effect: 'block' }, 'effect', 'Invalid option'],
  [{ protections: { sql: 'alert' } }, 'protections', 'sql'],
  [{ confidence: 101 }, 'confidence', 'at most 100'],
  [{ exceptions: [{ field: '' }] }, 'exceptions.0.field', 'must not be empty'],
  [{ exceptions: [{ field: '*', classes: [] }] }, 'exceptions.0.classes', 'at least one class'],
  [{ sources: { deny: ['10.0.0.0/33'] } }, 'sources.deny.0', 'from 0 to 32'],
  [{ sources: { deny: ['everyone'] } }, 'sources.deny.0', 'must be an IPv4 or IPv6 address'],
  [{ response: { status: 99 } }, 'response.status', 'from 200 to 599'],
  [{ response: { type: 'json\r\nx: y' } }, 'response.type', 'must be a content type'],
  [{ response: { body: '' } }, 'response.body', 'must not be empty'],
  [{ patterns: [{ name: 'a', match: '' }] }, 'patterns.0.match', 'must not be empty'],
  [{ banMinutes: 0 }, 'banMinutes', 'at least 1 minute'],
  [{ shapes: [{ path: 'users' }] }, 'shapes.0.path', 'must begin with /'],
  [{ collections: ['nowhere'] }, 'collections.0', 'nowhere'],
])('a WAAS rule with %j is refused, and the answer names the place', async (wrong, place, reason) => {
  const before = await shared.api('GET', '/api/policy');
  const { status, headers, body } = await put({ name: 'api', ...wrong });
  expect(status).toBe(400);
  expect(headers.get('content-type')).toContain('application/problem+json');
  expect(body.errors).toContainEqual({
    path: `policy.waas.rules.0.${place}`,
    message: expect.stringContaining(reason),
  });
  expect((await shared.api('GET', '/api/policy')).body).toEqual(before.body);
});

test('two WAAS rules of one name are refused', async () => {
  expect(await put({ name: 'api' }, { name: 'api' })).toMatchObject({ status: 400 });
});
