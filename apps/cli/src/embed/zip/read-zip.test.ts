import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BlobReader, TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../../testing/make-folder.ts';
import { readZip } from './read-zip.ts';
import { makeEntry, writeZip } from './write-zip.ts';

function makeTree(): string {
  const folder = makeFolder();
  mkdirSync(join(folder, 'ünï/deep'), { recursive: true });
  writeFileSync(join(folder, 'app.py'), 'print(1)\n'.repeat(500));
  writeFileSync(join(folder, 'empty'), '');
  writeFileSync(join(folder, 'ünï/deep/ßeta.txt'), 'beta');
  chmodSync(join(folder, 'app.py'), 0o750);
  symlinkSync('../../app.py', join(folder, 'ünï/deep/link'));
  return folder;
}

const infoZip = (...flags: string[]) => {
  const tree = makeTree();
  execFileSync('zip', ['-q', ...flags, 'out.zip', '.'], { cwd: tree });
  return readFileSync(join(tree, 'out.zip'));
};

function pythonZip(): Buffer {
  const path = join(makeFolder(), 'python.zip');
  const script = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:
    z.comment = b'made by python'
    z.writestr('app.py', 'x = 1\\n' * 300)
    i = zipfile.ZipInfo('stored.bin', (2001, 2, 3, 4, 5, 6)); i.external_attr = 0o100600 << 16; i.comment = b'an entry'
    z.writestr(i, bytes(range(256)))
    with z.open('streamed.txt', 'w') as f: f.write(b'later')
`;
  execFileSync('python3', ['-c', script, path]);
  return readFileSync(path);
}

function streamedPythonZip(): Buffer {
  const script = `
import sys, zipfile
class Pipe:
    def write(self, data): sys.stdout.buffer.write(data); return len(data)
    def flush(self): pass
with zipfile.ZipFile(Pipe(), 'w', zipfile.ZIP_DEFLATED) as z:
    z.writestr('app.py', 'x = 1\\n' * 300)
    z.writestr('lib/b.py', 'y = 1\\n')
`;
  return execFileSync('python3', ['-c', script]);
}

async function zipJs(options: object): Promise<Buffer> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), options);
  await writer.add('index.mjs', new TextReader('export const handler = async (e) => e;\n'.repeat(40)));
  await writer.add('dir/', undefined, { directory: true });
  await writer.add('dir/größe.txt', new BlobReader(new Blob(['data'])), { comment: 'ein Kommentar' });
  return Buffer.from(await writer.close());
}

describe('a zip that is read and written again', () => {
  it.each<[string, () => Buffer | Promise<Buffer>]>([
    ['Info-ZIP, deflated, with symlinks and extra fields', () => infoZip('-r', '-y')],
    ['Info-ZIP, stored', () => infoZip('-r', '-y', '-0')],
    ['Info-ZIP, without extra fields and folders', () => infoZip('-r', '-y', '-X', '-D')],
    ['Python', pythonZip],
    ['Python, streamed, with data descriptors', streamedPythonZip],
    ['zip.js, with data descriptors', () => zipJs({ dataDescriptor: true })],
    ['zip.js, without data descriptors or levels', () => zipJs({ dataDescriptor: false, level: 0 })],
    ['empty', () => writeZip({ entries: [], dataOrder: [], comment: Buffer.of() })],
  ])('%s: has the same bytes', async (_, make) => {
    const bytes = await make();
    expect(writeZip(readZip(bytes)).equals(bytes)).toBe(true);
  });

  it('opens in Info-ZIP with an entry added', async () => {
    const folder = makeFolder();
    const zip = readZip(await zipJs({ dataDescriptor: true }));
    const added = makeEntry('.ringfence/init', 0o555, Buffer.from('#!/bin/sh\n'));
    writeFileSync(
      join(folder, 'a.zip'),
      writeZip({ ...zip, entries: [...zip.entries, added], dataOrder: [...zip.dataOrder, added] }),
    );
    execFileSync('unzip', ['-tq', 'a.zip'], { cwd: folder });
    expect(execFileSync('zipinfo', ['a.zip'], { cwd: folder, encoding: 'utf8' })).toMatch(
      /-r-xr-xr-x.*80-Jan-01 00:00 \.ringfence\/init/,
    );
  });
});

/** Python's zipfile writes whatever names it is told to, so it makes the hostile ones. */
function pythonWith(body: string): Buffer {
  const path = join(makeFolder(), 'hostile.zip');
  const head =
    'import sys, warnings, zipfile\nwarnings.simplefilter("ignore")\nz = zipfile.ZipFile(sys.argv[1], "w")\n';
  execFileSync('python3', ['-c', `${head}${body}\nz.close()`, path]);
  return readFileSync(path);
}

const link =
  'i = zipfile.ZipInfo("lib"); i.create_system = 3; i.external_attr = 0o120777 << 16; z.writestr(i, "/tmp")';
const plain = () => pythonWith('z.writestr("a.py", "x = 1"); z.writestr("b.py", "y = 1")');

function change(bytes: Buffer, edit: (bytes: Buffer, central: number, end: number) => void): Buffer {
  const copy = Buffer.from(bytes);
  edit(copy, copy.indexOf('PK\x01\x02', 0, 'latin1'), copy.lastIndexOf('PK\x05\x06', undefined, 'latin1'));
  return copy;
}

describe('a hostile zip is refused by name', () => {
  it.each<[string, () => Buffer, RegExp]>([
    [
      'parent folder',
      () => pythonWith('z.writestr("../../etc/cron.d/x", "")'),
      /"\.\.\/\.\.\/etc\/cron\.d\/x".*"\.\."/,
    ],
    ['parent folder inside', () => pythonWith('z.writestr("a/../../x", "")'), /"a\/\.\.\/\.\.\/x"/],
    [
      'absolute path',
      () => pythonWith('z.writestr("/etc/passwd", "")'),
      /"\/etc\/passwd" has an absolute path/,
    ],
    ['backslash', () => pythonWith('z.writestr("a\\\\b", "")'), /backslash/],
    ['twice', () => pythonWith('z.writestr("a", "1"); z.writestr("a", "2")'), /"a" is there twice/],
    [
      'twice by another spelling',
      () => pythonWith('z.writestr("a/b", "1"); z.writestr("a//./b", "2")'),
      /is there twice/,
    ],
    [
      'below a symlink',
      () => pythonWith(`${link}; z.writestr("lib/x", "")`),
      /"lib\/x" lies below "lib".*symlink/,
    ],
    [
      'below a file',
      () => pythonWith('z.writestr("a", ""); z.writestr("a/b", "")'),
      /"a\/b" lies below "a".*file/,
    ],
    [
      'encrypted',
      () => change(plain(), (b, central) => b.writeUInt16LE(1, central + 8)),
      /"a\.py" is encrypted/,
    ],
    [
      'unknown method',
      () => change(plain(), (b, central) => b.writeUInt16LE(14, central + 10)),
      /"a\.py" is packed by method 14/,
    ],
    [
      'names that differ',
      () => change(plain(), (b) => b.write('c', 30)),
      /"a\.py" has another name in front/,
    ],
    ['sizes that differ', () => change(plain(), (b) => b.writeUInt32LE(9, 22)), /"a\.py" has another size/],
    [
      'checksums that differ',
      () => change(plain(), (b) => b.writeUInt32LE(9, 14)),
      /"a\.py" has another size or checksum/,
    ],
    ['data that two entries share', () => sharedData(), /"b\.py" overlaps entry "c\.py"/],
    [
      'offset out of the file',
      () => change(plain(), (b, central) => b.writeUInt32LE(0x7fffffff, central + 42)),
      /"a\.py" is not where/,
    ],
    ['zip64', () => change(plain(), (b, central) => b.writeUInt32LE(0xffffffff, central + 20)), /zip64/],
    [
      'entries miscounted',
      () => change(plain(), (b, _, end) => b.writeUInt16LE(9, end + 8)),
      /counted in two ways/,
    ],
    [
      'several disks',
      () => change(plain(), (b, _, end) => b.writeUInt16LE(1, end + 4)),
      /one part of several/,
    ],
    ['cut off', () => plain().subarray(0, -30), /not a zip/],
    ['bytes in front', () => Buffer.concat([Buffer.from('#!/bin/sh\n'), plain()]), /not where its end says/],
    ['two ends', () => twoEnds(), /more than one end/],
    ['no zip', () => Buffer.from('hello'), /not a zip/],
    ['nothing', () => Buffer.of(), /not a zip/],
  ])('%s', (_, make, message) => {
    const bytes = make();
    expect(() => readZip(bytes)).toThrow(message);
  });

  it('throws nothing but errors for people, whatever byte is wrong', () => {
    const bytes = pythonZip();
    for (let at = 0; at < bytes.length; at++)
      for (const value of [0, 1, 0x7f, 0xff]) {
        const copy = Buffer.from(bytes);
        copy[at] = value;
        try {
          readZip(copy);
        } catch (error) {
          expect(error).toMatchObject({ name: 'CliError', reason: 'usage' });
        }
      }
  });
});

/** Two entries of the list, one set of data: the way in which a small zip unpacks to a huge one. */
function sharedData(): Buffer {
  const entry = makeEntry('a.py', 0o644, Buffer.from('x = 1'));
  const other = makeEntry('b.py', 0o644, Buffer.from('x = 1'));
  const inner = Buffer.concat([entry.local, other.local]);
  const outer = makeEntry('c.py', 0o644, inner);
  const bytes = writeZip({ entries: [outer, other], dataOrder: [outer], comment: Buffer.of() });
  const list = bytes.lastIndexOf('PK\x01\x02', undefined, 'latin1');
  bytes.writeUInt32LE(30 + 4 + entry.local.length, list + 42);
  return bytes;
}

function twoEnds(): Buffer {
  const bytes = plain();
  const end = Buffer.from(bytes.subarray(-22));
  const first = Buffer.from(end);
  first.writeUInt16LE(22, 20);
  return Buffer.concat([bytes.subarray(0, -22), first, end]);
}
