import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:https';
import { decodeDefenderConfiguration, type FunctionIdentity } from '@ringfence/policy';
import type { RunningConsole } from '../console-options.ts';

export type Answer = { status: number; headers: IncomingHttpHeaders; bytes: Buffer; text: string };

type ReachableConsole = Pick<RunningConsole, 'url' | 'defenderUrl' | 'authority' | 'setupUrl'>;

/** Makes the admin through the one-time link and an API token, and answers what sends requests with that token. */
export async function signUp(running: ReachableConsole, role: 'admin' | 'viewer' = 'admin') {
  const setupToken = running.setupUrl?.split('#')[1];
  const json = { 'content-type': 'application/json' };
  const setup = await fetch(`${running.url}/api/setup`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ token: setupToken, email: 'admin@example.com', password: 'a long password' }),
  });
  if (setup.status !== 201) throw new Error(`setup: ${setup.status} ${await setup.text()}`);
  const cookie = setup.headers.get('set-cookie')?.split(';')[0] ?? '';
  const created = await fetch(`${running.url}/api/tokens`, {
    method: 'POST',
    headers: { ...json, cookie, origin: running.url },
    body: JSON.stringify({ name: `test ${randomUUID()}`, role }),
  });
  const { token } = (await created.json()) as { token: string };
  return { cookie, token };
}

/** Sends requests to the API with an API token. */
export const makeApi =
  (running: ReachableConsole, token: string) =>
  async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(running.url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
    const parse = (): any => (text === '' ? undefined : JSON.parse(text));
    return { status: response.status, headers: response.headers, body: parse() };
  };

/** Registers a function and takes its configuration apart, as embedding does. */
export async function registerFunction(api: ReturnType<typeof makeApi>, identity: FunctionIdentity) {
  const { body } = await api('POST', '/api/functions', identity);
  return decodeDefenderConfiguration(new Uint8Array(Buffer.from(body.configuration, 'base64url')));
}

/** Speaks to the listener for Defenders over real TLS, trusting the Console's authority only. */
export class DefenderClient {
  readonly #agent: Agent;
  readonly #url: string;
  readonly #token: string;

  constructor(running: ReachableConsole, token: string, connections = 8) {
    this.#agent = new Agent({ ca: running.authority, keepAlive: true, maxSockets: connections });
    this.#url = running.defenderUrl;
    this.#token = token;
  }

  /** Posts audits (or raw lines) as one batch. */
  postAudits(audits: unknown[]): Promise<Answer> {
    const lines = audits.map((audit) => (typeof audit === 'string' ? audit : JSON.stringify(audit)));
    const body = lines.map((line) => `${line}\n`).join('');
    return this.send('POST', '/api/defender/audits', body, { 'content-type': 'application/x-ndjson' });
  }

  getPolicy(etag?: string): Promise<Answer> {
    return this.send('GET', '/api/defender/policy', undefined, etag ? { 'if-none-match': etag } : {});
  }

  send(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request(
        this.#url + path,
        { method, agent: this.#agent, headers: { authorization: `Bearer ${this.#token}`, ...headers } },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part) => parts.push(part));
          response.on('error', reject);
          response.on('end', () => {
            const bytes = Buffer.concat(parts);
            const { statusCode = 0, headers } = response;
            resolve({ status: statusCode, headers, bytes, text: bytes.toString() });
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
