import { expect, test } from 'vitest';
import { makeApi } from '../testing/console-client.ts';
import { makeReport, scannedFunction } from '../testing/make-report.ts';
import { useConsole } from '../testing/test-console.ts';

const shared = useConsole();
const json = { 'content-type': 'application/json' };

test.each([
  ['GET', '/api/nothing', 404],
  ['DELETE', '/api/policy', 405],
  ['PATCH', '/api/tokens', 405],
  ['GET', '/api/defender/policy', 404],
])('%s %s answers %i as problem+json', async (method, path, status) => {
  const answer = await shared.api(method, path);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.body).toMatchObject({ status, detail: expect.stringContaining(path) });
});

test('a wrong method is told the right ones', async () => {
  expect((await shared.api('DELETE', '/api/policy')).headers.get('allow')).toBe('GET, PUT');
});

test('malformed JSON, a wrong field and a body that is too large are refused by name', async () => {
  const { api } = shared;
  expect(await api('POST', '/api/tokens', '{bad')).toMatchObject({ status: 400 });
  const wrong = await api('POST', '/api/tokens', { name: 'ci', role: 'owner' });
  expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: 'role' }] } });
  const large = await api('POST', '/api/tokens', { name: 'x'.repeat(5 * 1024 * 1024), role: 'admin' });
  expect(large).toMatchObject({ status: 413, body: { detail: 'The body is larger than 4 MiB.' } });
});

test('answers carry headers that hold browsers back', async () => {
  const { headers } = await fetch(`${shared.running.url}/api/health`);
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('cache-control')).toBe('no-store');
});

test('the OpenAPI document describes every operation', async () => {
  const { body } = await shared.api('GET', '/api/openapi.json');
  expect(body.openapi).toBe('3.1.0');
  expect(Object.keys(body.paths)).toContain('/api/audits/stream');
  expect(body.components.schemas.Problem.properties).toHaveProperty('detail');
  const operations = Object.values<Record<string, { summary?: string }>>(body.paths).flatMap(Object.values);
  expect(operations.every(({ summary }) => summary !== undefined)).toBe(true);
  const { policy } = body.components.schemas.PolicyDocument.properties;
  const rule = policy.properties.runtime.properties.rules.items.properties;
  expect(rule.files.properties.sealed.description).toContain('first event');
  expect(rule.process.properties.allow.items.anyOf).toHaveLength(2);
});

test('nothing but health, sign-in and setup answers without a principal', async () => {
  const { body } = await shared.api('GET', '/api/openapi.json');
  const open = ['POST /api/setup', 'POST /api/session', 'DELETE /api/session', 'GET /api/health'];
  for (const [path, methods] of Object.entries<object>(body.paths))
    for (const method of Object.keys(methods)) {
      const { status } = await fetch(shared.running.url + path.replace(/\{\w+\}/, 'x'), {
        method: method.toUpperCase(),
        headers: json,
      });
      if (open.includes(`${method.toUpperCase()} ${path}`)) expect(status, path).not.toBe(401);
      else expect(status, `${method} ${path}`).toBe(401);
    }
});

test('a viewer reads audits and policy, and no more', async () => {
  const { body } = await shared.api('POST', '/api/tokens', { name: 'dashboard', role: 'viewer' });
  const viewer = makeApi(shared.running, body.token);
  expect((await viewer('GET', '/api/audits')).status).toBe(200);
  expect((await viewer('GET', '/api/policy')).status).toBe(200);
  for (const [method, path] of [
    ['GET', '/api/defenders'],
    ['GET', '/api/tokens'],
    ['POST', '/api/signing-keys/rotate'],
    ['PUT', '/api/policy'],
    ['POST', '/api/functions'],
    ['PUT', '/api/settings'],
  ] as const)
    expect((await viewer(method, path, method === 'GET' ? undefined : {})).status, path).toBe(403);
});

test('a build publishes and registers functions, and reads nothing', async () => {
  const { body } = await shared.api('POST', '/api/tokens', { name: 'pipeline', role: 'build' });
  const build = makeApi(shared.running, body.token);
  const scanned = { function: scannedFunction('of-build'), report: makeReport(0, []) };
  expect(await build('POST', '/api/reports', scanned)).toMatchObject({ status: 200 });
  const identity = { ...scannedFunction('of-build'), runtime: 'nodejs22.x', arch: 'x86_64' };
  expect(await build('POST', '/api/functions', identity)).toMatchObject({ status: 200 });
  expect(await build('GET', '/api/session')).toMatchObject({ status: 200, body: { role: 'build' } });
  const { body: description } = await shared.api('GET', '/api/openapi.json');
  const allowed = ['POST /api/reports', 'POST /api/functions', 'GET /api/session', 'GET /api/health'];
  const open = ['POST /api/setup', 'POST /api/session', 'DELETE /api/session'];
  for (const [path, methods] of Object.entries<object>(description.paths))
    for (const method of Object.keys(methods).map((each) => each.toUpperCase()))
      if (![...allowed, ...open].includes(`${method} ${path}`))
        expect((await build(method, path.replace(/\{\w+\}/, 'x'))).status, `${method} ${path}`).toBe(403);
});

test('a deleted API token stops working, and the list never shows a token', async () => {
  const { api, running } = shared;
  const { body: created } = await api('POST', '/api/tokens', { name: 'short', role: 'admin' });
  expect((await makeApi(running, created.token)('GET', '/api/policy')).status).toBe(200);
  const list = await api('GET', '/api/tokens');
  expect(JSON.stringify(list.body)).not.toContain(created.token);
  expect((await api('DELETE', `/api/tokens/${created.id}`)).status).toBe(204);
  expect((await makeApi(running, created.token)('GET', '/api/policy')).status).toBe(401);
  expect((await api('DELETE', `/api/tokens/${created.id}`)).status).toBe(404);
});

test('the cookie alone does not let another site write', async () => {
  const { running, cookie } = shared;
  const put = (headers: Record<string, string>) =>
    fetch(`${running.url}/api/settings`, {
      method: 'PUT',
      headers: { ...json, cookie, ...headers },
      body: JSON.stringify({ retentionDays: 30 }),
    }).then(({ status }) => status);
  expect(await put({})).toBe(403);
  expect(await put({ origin: 'https://elsewhere.example' })).toBe(403);
  expect(await put({ origin: running.url, 'sec-fetch-site': 'same-site' })).toBe(403);
  expect(await put({ origin: running.url })).toBe(200);
  expect(await put({ 'sec-fetch-site': 'same-origin' })).toBe(200);
});

test('signing in, asking who I am, and signing out', async () => {
  const { running } = shared;
  const signIn = (password: string) =>
    fetch(`${running.url}/api/session`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ email: 'ADMIN@example.com', password }),
    });
  expect((await signIn('wrong')).status).toBe(401);
  const signedIn = await signIn('a long password');
  const setCookie = signedIn.headers.get('set-cookie') ?? '';
  expect(setCookie).toMatch(/HttpOnly/);
  expect(setCookie).toMatch(/SameSite=Strict/);
  const headers = { cookie: setCookie.split(';')[0] ?? '', origin: running.url };
  const whoAmI = () => fetch(`${running.url}/api/session`, { headers });
  expect(await (await whoAmI()).json()).toMatchObject({ name: 'admin@example.com', role: 'admin' });
  expect((await fetch(`${running.url}/api/session`, { method: 'DELETE', headers })).status).toBe(204);
  expect((await whoAmI()).status).toBe(401);
});

test('guessing a password is stopped, and the link for setup is used up', async () => {
  const { running } = shared;
  const attempt = () =>
    fetch(`${running.url}/api/session`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ email: 'guess@example.com', password: 'guess' }),
    });
  const answers = await Promise.all(Array.from({ length: 14 }, attempt));
  const stopped = answers.filter(({ status }) => status === 429);
  expect(stopped.length).toBe(4);
  expect(Number(stopped[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  const token = running.setupUrl?.split('#')[1];
  const again = await fetch(`${running.url}/api/setup`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ token, email: 'second@example.com', password: 'another password' }),
  });
  expect(again.status).toBe(409);
});
