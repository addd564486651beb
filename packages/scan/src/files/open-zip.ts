import { inflateRawSync } from 'node:zlib';
import yauzl from 'yauzl'; // reads zips (zip64 too) entry by entry, at random, and checks sizes
import { largestRead, type PackageFile, type PackageFiles } from '../package-files.ts';
import { ScanError } from '../scan-error.ts';
import { entryPath } from './entry-path.ts';
import { ZipBytes } from './zip-bytes.ts';

/** A package has some ten thousand files; what has more is made to tire its reader. */
const mostEntries = 500_000;
const mostNotes = 100;
/** Many times what any function may have; what claims more is made to tire its reader. */
const largestUnpacked = 4 * 1024 ** 3;

/** What is kept of an entry: of tens of thousands, the rest is half of the memory. */
type Entry = Pick<
  yauzl.Entry,
  | 'relativeOffsetOfLocalHeader'
  | 'compressedSize'
  | 'uncompressedSize'
  | 'compressionMethod'
  | 'generalPurposeBitFlag'
>;

const keep = (entry: yauzl.Entry): Entry => ({
  relativeOffsetOfLocalHeader: entry.relativeOffsetOfLocalHeader,
  compressedSize: entry.compressedSize,
  uncompressedSize: entry.uncompressedSize,
  compressionMethod: entry.compressionMethod,
  generalPurposeBitFlag: entry.generalPurposeBitFlag,
});

const isEncrypted = (entry: Entry) => (entry.generalPurposeBitFlag & 1) !== 0;
const typeOf = (mode: number) => mode & 0o170000;

const [stored, deflated] = [0, 8];

async function readEntry(zip: OpenZip, entry: Entry, name: string, path: string): Promise<Buffer> {
  const refuse = (why: string, cause?: unknown) => new ScanError(`${name}: ${path} ${why}.`, { cause });
  if (isEncrypted(entry)) throw refuse('is encrypted');
  if (entry.uncompressedSize > largestRead)
    throw refuse(`is longer than the ${largestRead >> 20} MB that are read of a file`);
  try {
    return unpack(entry, await readPacked(zip, entry));
  } catch (cause) {
    throw refuse(`cannot be unpacked: ${(cause as Error).message}`, cause);
  }
}

async function readPacked({ zip, bytes }: OpenZip, entry: Entry): Promise<Buffer> {
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry as yauzl.Entry, { minimal: true });
  return bytes.slice(fileDataStart, entry.compressedSize);
}

/** At once, and not as a stream: most entries are small, and a stream for each costs ten times what unpacking does. */
function unpack({ compressionMethod, uncompressedSize: size }: Entry, packed: Buffer): Buffer {
  if (compressionMethod !== stored && compressionMethod !== deflated)
    throw new Error(`it is packed by method ${compressionMethod}, which is not known`);
  const content =
    compressionMethod === stored
      ? Buffer.from(packed)
      : inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  if (content.length !== size) throw new Error(`it has ${content.length} bytes instead of ${size}`);
  return content;
}

// Names are judged here, since one that would leave the folder is to be told, and not to end the scan.
const options = { decodeStrings: false, autoClose: false };

interface OpenZip {
  zip: yauzl.ZipFile;
  bytes: ZipBytes;
}

/** Opens a zip. Its entries are listed, and each is unpacked only when it is read. Rejects with `ScanError` for what is no zip, or broken. */
export const openZip = (path: string): Promise<PackageFiles> => listZip(() => ZipBytes.ofFile(path), path);

/** Opens a zip that lies in another one. `path` is for messages. */
export const openZipBytes = (content: Buffer, path: string): Promise<PackageFiles> =>
  listZip(() => ZipBytes.ofMemory(content), path);

async function openBytes(open: () => ZipBytes): Promise<OpenZip> {
  const bytes = open();
  try {
    return { bytes, zip: await yauzl.fromRandomAccessReaderPromise(bytes, bytes.size, options) };
  } catch (error) {
    bytes.close(() => {});
    throw error;
  }
}

async function listZip(open: () => ZipBytes, path: string): Promise<PackageFiles> {
  const refuse = (cause: Error) =>
    new ScanError(`${path} is no zip that can be read: ${cause.message}.`, { cause });
  const opened = await openBytes(open).catch((cause) => {
    throw refuse(cause);
  });
  const { zip } = opened;
  const files = new Map<string, PackageFile>();
  const notes: string[] = [];
  const note = (text: string) => {
    if (notes.length < mostNotes) notes.push(text);
  };
  let unpacked = 0;
  const take = (entry: yauzl.Entry) => {
    unpacked += entry.uncompressedSize;
    if (unpacked > largestUnpacked)
      throw new ScanError(
        `${path} unpacks to more than the ${largestUnpacked / 1024 ** 3} GB that are read.`,
      );
    const name = (entry.fileName as unknown as Buffer).toString('utf8');
    const own = entryPath(name);
    if (own === undefined)
      return note(`The entry ${JSON.stringify(name)} would leave the package's folder; it is left out.`);
    const mode = entry.externalFileAttributes >>> 16;
    if (name.endsWith('/') || typeOf(mode) === 0o040000) return;
    if (files.has(own))
      note(`There are several entries ${own}; the last one counts, as when the package is unpacked.`);
    if (isEncrypted(entry)) note(`${own} is encrypted, so it is not read.`);
    const kept = keep(entry);
    const kind = typeOf(mode) === 0o120000 ? 'symlink' : 'file';
    files.set(own, {
      path: own,
      kind,
      size: entry.uncompressedSize,
      mode: mode & 0o7777,
      read: () => readEntry(opened, kept, path, own),
    });
  };
  try {
    if (zip.entryCount > mostEntries)
      throw new ScanError(`${path} has ${zip.entryCount} entries; more than ${mostEntries} are not read.`);
    for await (const entry of zip.eachEntry()) take(entry);
  } catch (error) {
    zip.close();
    throw error instanceof ScanError ? error : refuse(error as Error);
  }
  return { name: path, kind: 'zip', files, notes, close: async () => zip.close() };
}
