import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fromEnvironmentValue, verifySignedPolicy } from '@ringfence/policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeExamplePolicy } from '../testing/example-policy.ts';
import { ringfenceLine, runRingfence } from '../testing/run-ringfence.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-console-'));
const policy = writeExamplePolicy(folder);
const [node = '', ...line] = ringfenceLine;
let child: ReturnType<typeof spawn>;
let addresses: { url: string; defenderUrl: string; setupUrl: string };
let token = '';

beforeAll(async () => {
  child = spawn(
    node,
    [...line, 'console', '--port', '0', '--defender-port', '0', '--data', join(folder, 'data'), '--json'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (!child.stdout) throw new Error('no stdout');
  const [first] = await once(createInterface(child.stdout), 'line');
  addresses = JSON.parse(first);
  token = await makeToken();
});

afterAll(() => {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Makes the administrator through the one-time link, signs in, and makes an API token: as a person does in the browser. */
async function makeToken(): Promise<string> {
  const { url, setupUrl } = addresses;
  const post = async (path: string, body: object, cookie = '') => {
    const headers = { 'content-type': 'application/json', origin: url, cookie };
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(response.ok, `${path}: ${response.status}`).toBe(true);
    return response;
  };
  const person = { email: 'ada@example.org', password: 'correct horse battery' };
  await post('/api/setup', { token: new URL(setupUrl).hash.slice(1), ...person });
  const session = await post('/api/session', person);
  const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const made = await post('/api/tokens', { name: 'test', role: 'admin' }, cookie);
  return ((await made.json()) as { token: string }).token;
}

const withConsole = (args: string[]) =>
  runRingfence(args, { cwd: folder, env: { RINGFENCE_CONSOLE: addresses.url, RINGFENCE_TOKEN: token } });

describe('with a Console', () => {
  it('applies a policy, shows what changes, and changes nothing the second time', () => {
    const dry = withConsole(['policy', 'apply', policy, '--dry-run']);
    expect(dry.code).toBe(0);
    expect(dry.stdout).toMatch(/^\+ rule "Converters"\n.*\n {4}process\.allow: \+ "\/usr\/bin\/gs"$/m);
    expect(withConsole(['policy', 'get']).stdout).toContain('# revision 0');
    expect(withConsole(['policy', 'apply', policy]).stdout).toContain('Applied as revision 1.');
    expect(withConsole(['policy', 'apply', policy]).stdout).toContain('Nothing to change');
  });

  it('gets the policy as YAML that applies again, and explains it', () => {
    const { stdout } = withConsole(['policy', 'get']);
    writeFileSync(join(folder, 'got.yaml'), stdout);
    expect(JSON.parse(withConsole(['policy', 'apply', 'got.yaml', '--json']).stdout)).toMatchObject({
      changes: [],
    });
    const { stdout: explanation } = withConsole(['policy', 'explain', '--function', 'convert']);
    expect(explanation).toContain('Rule "Converters" decides');
  });

  it('embeds what the Console answers for the function', () => {
    writeFileSync(join(folder, 'app.py'), '');
    execFileSync('zip', ['-q', 'fn.zip', 'app.py'], { cwd: folder });
    const args = [
      'embed',
      'fn.zip',
      '--function',
      'convert',
      '--region',
      'eu-west-1',
      '-o',
      'out.zip',
      '--json',
    ];
    const { code, stdout } = withConsole(args);
    expect(code).toBe(0);
    const configuration = fromEnvironmentValue(JSON.parse(stdout).environment.RINGFENCE_POLICY);
    expect(`https://${configuration.console}`).toBe(addresses.defenderUrl);
    expect(configuration.token).toMatch(/^rf1\./);
    const { policy: compiled } = verifySignedPolicy(
      configuration.signedPolicy ?? Buffer.of(),
      configuration.pinnedKey ?? Buffer.of(),
    );
    expect(compiled).toMatchObject({
      revision: 1,
      process: { effect: 'prevent', allow: [{ path: '/usr/bin/gs' }] },
    });
  });

  it('says so when the token is wrong', () => {
    const result = runRingfence(['policy', 'get', '--console', addresses.url], {
      env: { RINGFENCE_TOKEN: 'rft_no' },
    });
    expect(result).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('does not accept the API token'),
    });
  });
});

describe('console', () => {
  it('exits 3 with one line when its port is taken, and 2 for a port that is none', () => {
    const { port } = new URL(addresses.url);
    const taken = runRingfence([
      'console',
      '--port',
      port,
      '--defender-port',
      '0',
      '--data',
      join(folder, 'other'),
    ]);
    expect(taken).toMatchObject({ code: 3, stderr: expect.stringContaining(`Port ${port}`) });
    expect(runRingfence(['console', '--port', '99999'])).toMatchObject({ code: 2 });
    expect(runRingfence(['console', '--tls-cert', 'x'])).toMatchObject({ code: 2 });
  });

  it('stops cleanly at SIGTERM', async () => {
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    expect(await closed).toEqual([0, null]);
  });
});
