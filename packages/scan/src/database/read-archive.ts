import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { opendir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Parser } from 'tar'; // npm's own reader of tar and tar.gz
import xz from 'xz-decompress'; // the reference decoder as WebAssembly; zlib has no xz
import { openZip } from '../files/open-zip.ts';
import { ScanError } from '../scan-error.ts';

export interface RecordFile {
  path: string;
  bytes: Buffer;
}

/** An advisory is a few kilobytes. What is larger is none. */
const largest = 32 * 1024 * 1024;
const isRecord = (path: string) => /\.(json|ya?ml)$/.test(path) && !/(^|\/)\.[^/.]/.test(path);

async function* readFolder(folder: string): AsyncGenerator<RecordFile> {
  for await (const entry of await opendir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith('.')) yield* readFolder(path);
    else if (entry.isFile() && isRecord(path)) yield { path, bytes: await readFile(path) };
  }
}

async function* readZip(path: string): AsyncGenerator<RecordFile> {
  const zip = await openZip(path);
  try {
    for (const file of zip.files.values())
      if (file.kind === 'file' && isRecord(file.path) && file.size <= largest)
        yield { path: file.path, bytes: await file.read() };
  } finally {
    await zip.close();
  }
}

async function* readTar(path: string): AsyncGenerator<RecordFile> {
  const file = createReadStream(path);
  const source = path.endsWith('.xz')
    ? Readable.fromWeb(new xz.XzReadableStream(Readable.toWeb(file) as ReadableStream<Uint8Array>) as never)
    : file;
  const done: RecordFile[] = [];
  const parser = new Parser({
    strict: true,
    filter: (name, entry) => isRecord(name) && (entry.size ?? 0) <= largest,
    onReadEntry: (entry) => {
      entry.concat().then((bytes) => done.push({ path: entry.path, bytes }));
    },
  });
  const ended = once(parser, 'end');
  try {
    for await (const chunk of source) {
      parser.write(chunk);
      yield* done.splice(0);
    }
    parser.end();
    await ended;
  } catch (cause) {
    ended.catch(() => {});
    throw new ScanError(`${path} is no archive that can be read: ${(cause as Error).message}`, { cause });
  }
  yield* done.splice(0);
}

/** The JSON and YAML files of a folder, a .zip, a .tar, a .tar.gz or a .tar.xz. Rejects with `ScanError` for what is none of these. */
export async function* readArchive(path: string): AsyncGenerator<RecordFile> {
  const kind = await stat(path).catch(() => undefined);
  if (!kind) throw new ScanError(`${path}: there is no such file or folder.`);
  if (kind.isDirectory()) return yield* readFolder(path);
  if (path.endsWith('.zip')) return yield* readZip(path);
  if (/\.(tar|tgz|tar\.gz|tar\.xz)$/.test(path)) return yield* readTar(path);
  throw new ScanError(`${path}: advisories are read from a folder, a .zip, a .tar, a .tar.gz or a .tar.xz.`);
}
