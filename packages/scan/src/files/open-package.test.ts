import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ScanError } from '../scan-error.ts';
import { makeZip, type ZipPart } from '../testing/make-zip.ts';
import { openPackage } from './open-package.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function openParts(parts: ZipPart[]) {
  const path = join(folder, 'test.zip');
  writeFileSync(path, makeZip(parts));
  return openPackage(path);
}

const text = async (opened: Awaited<ReturnType<typeof openPackage>>, path: string) =>
  (await opened.files.get(path)?.read())?.toString();

test('a zip is listed with sizes, modes and symlinks, and read entry by entry', async () => {
  const opened = await openParts([
    { name: 'lib/', mode: 0o040755 },
    { name: './index.mjs', content: 'export {}', mode: 0o100755 },
    { name: 'lib\\windows.js', content: 'x' },
    { name: 'link', content: '/etc/passwd', mode: 0o120777 },
  ]);
  expect([...opened.files.values()].map(({ path, kind, size, mode }) => [path, kind, size, mode])).toEqual([
    ['index.mjs', 'file', 9, 0o755],
    ['lib/windows.js', 'file', 1, 0o644],
    ['link', 'symlink', 11, 0o777],
  ]);
  expect(await text(opened, 'index.mjs')).toBe('export {}');
  expect(await text(opened, 'link')).toBe('/etc/passwd');
  expect(opened.notes).toEqual([]);
  await opened.close();
});

test.each(['../out', 'a/../../out', '/etc/passwd', 'C:\\x', '\\\\host\\x', 'a\0b'])(
  'the entry %j is left out and told',
  async (name) => {
    const opened = await openParts([{ name: 'kept' }, { name }]);
    expect([...opened.files.keys()]).toEqual(['kept']);
    expect(opened.notes).toEqual([expect.stringContaining(JSON.stringify(name))]);
    await opened.close();
  },
);

test('of entries with the same name the last one counts, as when unzipped', async () => {
  const opened = await openParts([
    { name: 'a', content: 'first' },
    { name: './a', content: 'last' },
  ]);
  expect(await text(opened, 'a')).toBe('last');
  expect(opened.notes).toEqual([expect.stringContaining('several entries a')]);
  await opened.close();
});

test('what is encrypted, bombs or lies about its size is refused when it is read', async () => {
  const opened = await openParts([
    { name: 'secret', content: 'x', flags: 1 },
    { name: 'bomb', content: Buffer.alloc(129 * 1024 * 1024) },
    { name: 'small', content: Buffer.alloc(1_000_000), claims: 10 },
    { name: 'large', content: 'x', claims: 1_000_000 },
  ]);
  const refusal = (path: string) => expect(opened.files.get(path)?.read(), path).rejects;
  await refusal('secret').toThrow(/secret is encrypted/);
  await refusal('bomb').toThrow(/bomb is longer than the 128 MB/);
  await refusal('small').toThrow(ScanError);
  await refusal('large').toThrow(ScanError);
  await opened.close();
});

test('a zip that is cut off or damaged anywhere gives an error or its entries, and nothing else', async () => {
  const whole = makeZip([
    { name: 'a', content: 'content of a' },
    { name: 'b/c', content: 'more' },
  ]);
  const path = join(folder, 'damaged.zip');
  const read = async (bytes: Buffer, what: string) => {
    writeFileSync(path, bytes);
    try {
      const opened = await openPackage(path);
      for (const file of opened.files.values()) await file.read();
      await opened.close();
    } catch (error) {
      expect(error, what).toBeInstanceOf(ScanError);
    }
  };
  for (let length = 0; length < whole.length; length++)
    await read(whole.subarray(0, length), `${length} bytes`);
  for (let at = 0; at < whole.length; at++)
    for (const bit of [0x01, 0x80, 0xff]) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] as number) ^ bit;
      await read(bytes, `byte ${at} ^ ${bit}`);
    }
});

test('a million entries are refused before they are listed; zip64 is read', async () => {
  const path = join(folder, 'many.zip');
  const script = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as z:
    for i in range(int(sys.argv[2])): z.writestr(str(i), b'')`;
  execFileSync('python3', ['-c', script, path, '70000']);
  const opened = await openPackage(path);
  expect(opened.files.size).toBe(70_000);
  await opened.close();
  // The count in the zip64 record, made to say a million.
  const bytes = execFileSync('cat', [path], { maxBuffer: 1e8 });
  const at = bytes.lastIndexOf('PK\x06\x06', undefined, 'latin1');
  bytes.writeBigUInt64LE(1_000_000n, at + 24);
  bytes.writeBigUInt64LE(1_000_000n, at + 32);
  writeFileSync(path, bytes);
  await expect(openPackage(path)).rejects.toThrow(/has 1000000 entries/);
});

test('a folder is listed; symlinks and pipes are not followed', async () => {
  const root = join(folder, 'package');
  mkdirSync(join(root, 'lib'), { recursive: true });
  mkdirSync(join(root, '.git'));
  writeFileSync(join(root, '.git/config'), '');
  writeFileSync(join(root, 'lib/a.py'), 'pass', { mode: 0o600 });
  symlinkSync('/etc/passwd', join(root, 'link'));
  symlinkSync('..', join(root, 'lib/loop'));
  execFileSync('mkfifo', [join(root, 'pipe')]);
  const opened = await openPackage(root);
  expect([...opened.files.values()].map(({ path, kind, mode }) => [path, kind, mode]).sort()).toEqual([
    ['lib/a.py', 'file', 0o600],
    ['lib/loop', 'symlink', 0o777],
    ['link', 'symlink', 0o777],
  ]);
  expect(await text(opened, 'link')).toBe('/etc/passwd');
  expect(opened.notes).toEqual(['pipe is neither a file nor a folder; it is left out.']);
  rmSync(join(root, 'lib/a.py'));
  symlinkSync('/etc/passwd', join(root, 'lib/a.py'));
  await expect(opened.files.get('lib/a.py')?.read()).rejects.toThrow(/lib\/a.py cannot be read/);
});

test('a folder or a name that cannot be read is told, and hides nothing else', async () => {
  const root = join(folder, 'unreadable');
  mkdirSync(join(root, 'closed'), { recursive: true });
  writeFileSync(join(root, 'a.py'), 'pass');
  writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff])]), '');
  chmodSync(join(root, 'closed'), 0);
  // Root may read everything, so another user lists it.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    chmodSync(folder, 0o755);
    process.seteuid?.(65_534);
  }
  try {
    const { files, notes } = await openPackage(root);
    expect([...files.keys()]).toEqual(['a.py']);
    expect(notes).toEqual([
      expect.stringContaining('cannot be opened by its name'),
      expect.stringContaining('closed cannot be listed: EACCES'),
    ]);
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(join(root, 'closed'), 0o755);
  }
});

test('what is no package is told', async () => {
  execFileSync('mkfifo', [join(folder, 'lone-pipe')]);
  await expect(openPackage(join(folder, 'lone-pipe'))).rejects.toThrow(/neither a file nor a folder/);
  await expect(openPackage(join(folder, 'none'))).rejects.toThrow(/no such file or folder/);
  writeFileSync(join(folder, 'text.zip'), 'hello');
  await expect(openPackage(join(folder, 'text.zip'))).rejects.toThrow(/text.zip is no zip that can be read/);
});

test('a zip that claims to unpack to more than any function may have is refused', async () => {
  const parts = Array.from({ length: 5 }, (_, index) => ({
    name: `${index}`,
    content: 'x',
    claims: 1024 ** 3,
  }));
  await expect(openParts(parts)).rejects.toThrow(/unpacks to more than the 4 GB/);
});
