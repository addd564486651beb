import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeZip } from '@ringfence/scan/testing/make-zip';
import { type ServedArchive, serveArchives } from '@ringfence/scan/testing/serve-archives';
import { expect, it, onTestFinished } from 'vitest';
import { makeFolder } from '../testing/make-folder.ts';
import { ringfenceLine } from '../testing/run-ringfence.ts';

const archive = (ecosystem: string, etag: string, ids: string[]): ServedArchive => ({
  etag,
  body: makeZip(
    ids.map((id) => ({
      name: `${id}.json`,
      content: JSON.stringify({
        id,
        modified: '2026-01-02T03:04:05Z',
        affected: [{ package: { ecosystem, name: `about-${id}` }, versions: ['1.0.0'] }],
      }),
    })),
  ),
});

/** Runs beside the server, which lives in this process. */
async function ringfence(args: string[], env: Record<string, string>) {
  const [command = '', ...words] = ringfenceLine;
  const run = promisify(execFile)(command, [...words, ...args], { env: { ...process.env, ...env } });
  return run.then(
    ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

it("comes from OSV's archives, again only where they have changed, and stays when that fails", async () => {
  const archives: Record<string, ServedArchive> = {
    '/npm/all.zip': archive('npm', '"1"', ['GHSA-1', 'MAL-1']),
    '/Go/all.zip': archive('Go', '"1"', ['GO-1']),
  };
  const server = await serveArchives(archives);
  onTestFinished(() => void server.close());
  const env = { XDG_CACHE_HOME: join(makeFolder(), 'cache'), RINGFENCE_OSV: server.address };
  const update = async (...args: string[]) =>
    ringfence(['db', 'update', '--json', '--ecosystem', 'npm', '--ecosystem', 'Go', ...args], env);
  const read = async (...args: string[]) => JSON.parse((await update(...args)).stdout);

  expect(await read()).toMatchObject({ isNew: true, advisories: 3 });
  expect(await read()).toMatchObject({ isNew: false });
  expect(server.asked.map(({ path, status }) => [path, status])).toEqual([
    ['/npm/all.zip', 200],
    ['/Go/all.zip', 200],
    ['/npm/all.zip', 304],
    ['/Go/all.zip', 304],
  ]);

  archives['/npm/all.zip'] = archive('npm', '"2"', ['GHSA-1', 'MAL-1', 'MAL-2']);
  expect(await read()).toMatchObject({ isNew: true, advisories: 4 });

  archives['/Go/all.zip'] = { body: Buffer.alloc(0), status: 500 };
  const failed = await update();
  expect(failed).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(/\/Go\/all\.zip answers with 500.*\n.*--from/),
  });
  const status = await ringfence(['db', 'status', '--json'], env);
  expect(JSON.parse(status.stdout)).toMatchObject({ advisories: 4 });

  // A database of other files is not one of the archives.
  delete archives['/Go/all.zip'];
  archives['/Go/all.zip'] = archive('Go', '"1"', ['GO-1']);
  const [from] = (await read('--from', join(env.XDG_CACHE_HOME, 'ringfence/osv/Go.zip'))).sources;
  expect(from).toMatchObject({ taken: 1 });
  expect(await read()).toMatchObject({ isNew: true, advisories: 4 });
});

it('refuses what is no address', async () => {
  expect(await ringfence(['db', 'update', '--osv', 'ftp://x'], {})).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--osv ftp://x is not an address'),
  });
});
