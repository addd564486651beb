import {
  chmodSync,
  lstatSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, type ZipWriterAddDataOptions } from '@zip.js/zip.js';
import { expect, test } from 'vitest';
import { makeFolder } from '../testing/make-folder.ts';
import { extractPackage } from './extract-package.ts';

type Entry = [name: string, data: Uint8Array | string, options?: ZipWriterAddDataOptions];

/** Writes a zip with an independent library, changes it, and unpacks it; returns the folder. */
async function unpack(entries: Entry[], change: (zip: Buffer) => void = () => {}): Promise<string> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { extendedTimestamp: false });
  for (const [name, data, options] of entries)
    await writer.add(name, new Uint8ArrayReader(typeof data === 'string' ? Buffer.from(data) : data), {
      dataDescriptor: false,
      ...options,
    });
  const bytes = Buffer.from(await writer.close());
  change(bytes);
  const folder = makeFolder();
  writeFileSync(join(folder, 'fn.zip'), bytes);
  await extractPackage(join(folder, 'fn.zip'), join(folder, 'out'));
  return join(folder, 'out');
}

const mode = (value: number): ZipWriterAddDataOptions => ({
  versionMadeBy: (3 << 8) | 20,
  externalFileAttributes: (value << 16) >>> 0,
});

test('unpacks files, folders, modes and symlinks, stored or deflated', async () => {
  const out = await unpack([
    ['bin/tool', 'x'.repeat(10_000), mode(0o100755)],
    ['stored.txt', 'as it is', { ...mode(0o100644), level: 0 }],
    ['link', 'bin/tool', mode(0o120777)],
    ['empty/', '', { directory: true }],
    ['windows.txt', 'no mode'],
  ]);
  expect(readFileSync(join(out, 'bin/tool'), 'utf8')).toBe('x'.repeat(10_000));
  expect(statSync(join(out, 'bin/tool')).mode & 0o777).toBe(0o755);
  expect(readFileSync(join(out, 'stored.txt'), 'utf8')).toBe('as it is');
  expect(readlinkSync(join(out, 'link'))).toBe('bin/tool');
  expect(statSync(join(out, 'empty')).isDirectory()).toBe(true);
  expect(statSync(join(out, 'windows.txt')).mode & 0o400).toBe(0o400);
});

test('never makes a file that becomes another user', async () => {
  const out = await unpack([['tool', 'x', mode(0o106755)]]);
  expect(lstatSync(join(out, 'tool')).mode & 0o7000).toBe(0);
});

test('copies a folder in the same way', async () => {
  const folder = makeFolder();
  writeFileSync(join(folder, 'tool'), 'x');
  chmodSync(join(folder, 'tool'), 0o6755);
  symlinkSync('/nowhere', join(folder, 'link'));
  const out = join(makeFolder(), 'out');
  await extractPackage(folder, out);
  expect(lstatSync(join(out, 'tool')).mode & 0o7777).toBe(0o755);
  expect(readlinkSync(join(out, 'link'))).toBe('/nowhere');
});

test.each(['../out.txt', '/etc/ringfence-test', 'a/../../b'])('refuses the name %s', async (name) => {
  await expect(unpack([[name, 'x']])).rejects.toThrow(JSON.stringify(name).slice(1, -1));
});

test('refuses to write through a symlink', async () => {
  const entries: Entry[] = [
    ['link', '/tmp', mode(0o120777)],
    ['link/file', 'x'],
  ];
  await expect(unpack(entries)).rejects.toThrow('lies below');
});

test('refuses what is larger than a function may be, before it is unpacked', async () => {
  const mega = new Uint8Array(60 * 1024 * 1024);
  const entries = Array.from({ length: 5 }, (_, index): Entry => [`part${index}`, mega, { level: 1 }]);
  await expect(unpack(entries)).rejects.toThrow('250 MB');
});

test('refuses more bytes than an entry claims', async () => {
  const size = 100_000;
  const lie = (zip: Buffer) => {
    for (let at = zip.indexOf('PK'); at >= 0; at = zip.indexOf('PK', at + 1)) {
      if (zip.readUInt32LE(at) === 0x04034b50) zip.writeUInt32LE(10, at + 22);
      if (zip.readUInt32LE(at) === 0x02014b50) zip.writeUInt32LE(10, at + 24);
    }
  };
  await expect(unpack([['bomb', new Uint8Array(size)]], lie)).rejects.toThrow('cannot be unpacked');
});

test('refuses damaged content', async () => {
  const damage = (zip: Buffer) => {
    const at = zip.indexOf('healthy');
    zip[at] = 0x48;
  };
  await expect(unpack([['a.txt', 'healthy', { level: 0 }]], damage)).rejects.toThrow('checksum');
});
