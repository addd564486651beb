import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, expect, test } from 'vitest';

const markdown = readFileSync(new URL('../../docs/waas/node.md', import.meta.url), 'utf8');
/** Examples by the name in their first line, and the output that the page gives behind one. */
const examples = new Map(
  [...markdown.matchAll(/```js\n\/\/ (\S+)\n(.*?)```\n(?:\n```text\n(.*?)```)?/gs)].map(
    ([, name = '', code = '', output]) => [name, { code, output }],
  ),
);

const built = fileURLToPath(new URL('../../packages/waas/build/', import.meta.url));
mkdirSync(built, { recursive: true });
/** Within the package, so that what examples import is found. */
const folder = mkdtempSync(join(built, 'examples-'));
for (const [name, { code }] of examples) writeFileSync(join(folder, name), code);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const flags = ['--conditions=source', '--import', 'tsx'];
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill();
});

test.each([...examples].filter(([, { output }]) => output))(
  '%s prints what the page says',
  (name, { output }) => {
    expect(execFileSync(process.execPath, [...flags, join(folder, name)], { encoding: 'utf8' })).toBe(output);
  },
);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Posts once the server listens. */
async function post(url: string, body: unknown): Promise<[status: number, text: string]> {
  for (;;) {
    try {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
      return [response.status, await response.text()];
    } catch (error) {
      if (running.some(({ exitCode }) => exitCode !== null)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

const attack = { name: "x' OR '1'='1' UNION SELECT password FROM users --" };

test.each(['express.mjs', 'fastify.mjs', 'hono.mjs'])('%s serves, and refuses an attack', async (name) => {
  const port = await freePort();
  const env = { ...process.env, PORT: String(port) };
  running.push(
    spawn(process.execPath, [...flags, join(folder, name)], { env, stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  const url = `http://localhost:${port}/users`;
  expect(await post(url, { name: 'Anna' })).toEqual([200, 'hello Anna']);
  expect(await post(url, attack)).toEqual([403, '{"message":"Forbidden"}']);
});

test('lambda.mjs answers, and refuses an attack', async () => {
  const { handler } = await import(pathToFileURL(join(folder, 'lambda.mjs')).href);
  const event = (body: unknown) => ({ httpMethod: 'POST', body: JSON.stringify(body) });
  expect(await handler(event({ name: 'Anna' }), undefined)).toEqual({ statusCode: 200, body: 'hello Anna' });
  expect(await handler(event(attack), undefined)).toMatchObject({ statusCode: 403 });
});
