import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findIsolation } from '../apps/cli/src/run/sandbox-places.ts';
import {
  collectAudits,
  fetchWhenUp,
  findFreePort,
  startContainer,
  writeImage,
} from '../apps/cli/src/testing/container.ts';
import { compileProgram } from '../defender/init/test/protect.ts';
import { ringfence, root } from './ringfence.ts';

const examples = join(root, 'examples/deploy');
const read = (path: string) => readFileSync(join(examples, path), 'utf8');
/** The words of an instruction of a Dockerfile. */
const wordsOf = (dockerfile: string, instruction: string): string[] =>
  JSON.parse(new RegExp(`^${instruction} (\\[.*\\])$`, 'm').exec(read(dockerfile))?.[1] ?? '[]');
const entryOf = (dockerfile: string) => [...wordsOf(dockerfile, 'ENTRYPOINT'), ...wordsOf(dockerfile, 'CMD')];

const handler = JSON.parse(read('azure/host.json')).customHandler.description;
const platforms = [
  { cloud: 'knative', policy: 'policy.yaml', entry: entryOf('knative/Dockerfile'), port: 8080 },
  { cloud: 'gcp', policy: 'policy.yaml', entry: entryOf('cloud-run/Dockerfile'), port: 8080 },
  { cloud: 'openfaas', policy: 'openfaas/policy.yaml', entry: entryOf('openfaas/Dockerfile'), port: 3000 },
  {
    cloud: 'azure',
    policy: 'azure/policy.yaml',
    entry: [handler.defaultExecutablePath, ...handler.arguments],
    port: undefined,
  },
];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringfence-deploy-'));
  writeImage(join(folder, 'image'));
  cpSync(join(examples, 'server'), join(folder, 'image/app'), { recursive: true });
  mkdirSync(join(folder, 'image/usr/bin'), { recursive: true });
  // What stands in for OpenFaaS's watchdog starts the function as that does; it passes no requests on.
  const watchdog = `#include <sys/wait.h>
#include <unistd.h>
int main(void) {
    if (fork() == 0) execl("/usr/local/bin/node", "node", "server.mjs", (char *)0);
    return wait((int *)0) < 0;
}
`;
  writeFileSync(join(folder, 'watchdog.c'), watchdog);
  execFileSync('gcc', ['-static', 'watchdog.c', '-o', 'image/usr/bin/fwatchdog'], { cwd: folder });
  cpSync(compileProgram('restrict.c', ['-static']), join(folder, 'image/restrict'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(findIsolation() !== 'namespaces').each(platforms)(
  'the example for $cloud',
  ({ cloud, policy, entry, port: ownPort }) => {
    it.each([
      ['with all system calls', [], 'T0'],
      ['under a default seccomp profile', ['/restrict', 'container'], 'T2'],
    ])('serves %s, and its hole leads nowhere', async (_, platform, tierOfNetwork) => {
      const protectedImage = join(folder, cloud);
      const arch = process.arch === 'arm64' ? 'arm64' : 'x86_64';
      const embedded = await ringfence(
        [
          ...[
            'embed',
            '--image-dir',
            join(folder, 'image'),
            '--entrypoint',
            '["node"]',
            '--function',
            'greet',
          ],
          ...['--region', 'here', '--cloud', cloud, '--arch', arch, '--policy', join(examples, policy)],
          ...['-o', protectedImage],
        ],
        { XDG_CONFIG_HOME: join(folder, 'config') },
      );
      expect(embedded).toMatchObject({ code: 0 });
      const port = ownPort ?? (await findFreePort());
      const container = startContainer(protectedImage, [...platform, ...entry], { PORT: String(port) });
      const audits = collectAudits(container);
      expect(await fetchWhenUp(`http://127.0.0.1:${port}/?name=world`)).toBe('Hello, world\n');
      const attacked = await fetchWhenUp(`http://127.0.0.1:${port}/?name=$(echo $((6*7)))`);
      expect(attacked).not.toContain('42');
      expect(audits()).toContainEqual(
        expect.objectContaining({
          type: 'coverage',
          detail: expect.objectContaining({
            sections: expect.objectContaining({ network: 'prevent' }),
            tiers: expect.objectContaining({ process: 'T0', network: tierOfNetwork }),
          }),
        }),
      );
      expect(audits()).toContainEqual(
        expect.objectContaining({
          type: 'process',
          action: 'blocked',
          function: expect.objectContaining({ cloud, name: 'greet' }),
        }),
      );
    });
  },
);
