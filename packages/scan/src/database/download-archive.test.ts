import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DownloadError } from '../scan-error.ts';
import { makeZip } from '../testing/make-zip.ts';
import { type ServedArchive, serveArchives } from '../testing/serve-archives.ts';
import { downloadArchive } from './download-archive.ts';

const archives: Record<string, ServedArchive> = {};
const first = makeZip([{ name: 'A.json', content: '{}' }]);
const second = makeZip([{ name: 'B.json', content: '{}' }]);
let folder: string;
let server: Awaited<ReturnType<typeof serveArchives>>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ringfence-archives-'));
  server = await serveArchives(archives);
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const serve = (archive: ServedArchive) => {
  archives['/npm/all.zip'] = archive;
};
const fetchNpm = (onProgress?: (bytes: number) => void) =>
  downloadArchive(`${server.address}/`, 'npm', folder, onProgress);
const kept = () => readFileSync(join(folder, 'npm.zip'));

test.each([
  [{ etag: '"1"' }, { etag: '"2"' }],
  [{ modified: 'Wed, 25 Nov 2026 00:00:00 GMT' }, { modified: 'Thu, 26 Nov 2026 00:00:00 GMT' }],
])('what has not changed is not sent again: %j', async (old, changed) => {
  serve({ body: first, ...old });
  let bytes = 0;
  const path = join(folder, 'npm.zip');
  expect(
    await fetchNpm((count) => {
      bytes = count;
    }),
  ).toEqual({ path, isNew: true });
  expect({ bytes, content: kept() }).toEqual({ bytes: first.length, content: first });
  expect(await fetchNpm()).toEqual({ path, isNew: false });
  serve({ body: second, ...changed });
  expect(await fetchNpm()).toEqual({ path, isNew: true });
  expect(kept()).toEqual(second);
  expect(server.asked.map(({ status }) => status)).toEqual([200, 304, 200]);
});

test('what says nothing of its age, or what is known of it was lost, is fetched again', async () => {
  serve({ body: first });
  await fetchNpm();
  expect((await fetchNpm()).isNew).toBe(true);
  serve({ body: first, etag: '"1"' });
  await fetchNpm();
  writeFileSync(join(folder, 'npm.json'), '{"etag": 5');
  expect((await fetchNpm()).isNew).toBe(true);
  rmSync(join(folder, 'npm.zip'));
  expect((await fetchNpm()).isNew).toBe(true);
});

test('another address is another archive', async () => {
  serve({ body: first, etag: '"1"' });
  await fetchNpm();
  archives['/mirror/npm/all.zip'] = { body: second, etag: '"1"' };
  expect((await downloadArchive(`${server.address}/mirror`, 'npm', folder)).isNew).toBe(true);
  expect(kept()).toEqual(second);
});

test.each<[string, ServedArchive, RegExp]>([
  ['an error', { body: second, status: 503 }, /\/npm\/all\.zip answers with 503/],
  ['a connection that is cut', { body: second, cutAt: 20 }, /cannot be downloaded/],
  ['no zip', { body: Buffer.from('<html>sign in</html>') }, /cannot be downloaded/],
])('%s is told, and what was there stays', async (_, archive, message) => {
  serve({ body: first, etag: '"1"' });
  await fetchNpm();
  serve(archive);
  const failure = expect(fetchNpm()).rejects;
  await failure.toThrow(DownloadError);
  await expect(fetchNpm()).rejects.toThrow(message);
  expect(kept()).toEqual(first);
  expect(readdirSync(folder).sort()).toEqual(['npm.json', 'npm.zip']);
});

test('a server that is not there is told', async () => {
  server.close();
  await expect(downloadArchive('http://127.0.0.1:1', 'npm', folder)).rejects.toThrow(
    /^http:\/\/127\.0\.0\.1:1\/npm\/all\.zip cannot be downloaded: /,
  );
});
