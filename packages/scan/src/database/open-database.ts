import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import type { Ecosystem } from '../ecosystem.ts';
import type { Advisory } from '../match/advisory.ts';
import { ScanError } from '../scan-error.ts';
import { hashBytes, hashName, layout } from './layout.ts';

const keptBlocks = 64;
/** Unpacked bytes of a block at most; one package with thousands of advisories has a block of its own. */
const largestBlock = 256 * 1024 * 1024;

/** The advisories of all ecosystems. Opening reads the index; a look-up unpacks one small block. */
export class AdvisoryDatabase {
  readonly path: string;
  readonly packages: number;
  readonly advisories: number;
  /** The newest change of an advisory, and when the file was made. */
  readonly newest: Date;
  readonly made: Date;
  readonly #file: number;
  readonly #entries: Buffer;
  readonly #places: Buffer;
  readonly #unpacked = new Map<number, Buffer>();

  /** Throws `ScanError` for a file that is missing, cut off, or none of ours. */
  constructor(path: string) {
    this.path = path;
    this.#file = openFile(path);
    const header = this.#read(0, layout.header);
    if (header.toString('latin1', 0, 8) !== layout.magic)
      throw this.#broken('is no advisory database of this version');
    this.packages = header.readUInt32LE(8);
    const blocks = header.readUInt32LE(12);
    this.advisories = header.readUInt32LE(16);
    this.newest = new Date(header.readDoubleLE(24));
    this.made = new Date(header.readDoubleLE(32));
    const [entries, places] = [this.packages * layout.entry, blocks * layout.block];
    if (layout.header + entries + places > fstatSync(this.#file).size) throw this.#broken('is cut off');
    this.#entries = this.#read(layout.header, entries);
    this.#places = this.#read(layout.header + entries, places);
  }

  /** All advisories that name the package, whatever the version. */
  lookUp(ecosystem: Ecosystem, name: string): Advisory[] {
    const at = this.#find(hashName(ecosystem, name));
    if (at === undefined) return [];
    const block = this.#unpack(this.#entries.readUInt32LE(at + hashBytes));
    const start = this.#entries.readUInt32LE(at + hashBytes + 4);
    const text = block.toString('utf8', start, start + this.#entries.readUInt32LE(at + hashBytes + 8));
    try {
      return JSON.parse(text);
    } catch {
      throw this.#broken('is damaged');
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  #find(hash: Buffer): number | undefined {
    let [low, high] = [0, this.packages - 1];
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const at = middle * layout.entry;
      const order = hash.compare(this.#entries, at, at + hashBytes);
      if (order === 0) return at;
      if (order < 0) high = middle - 1;
      else low = middle + 1;
    }
    return undefined;
  }

  #unpack(number: number): Buffer {
    const kept = this.#unpacked.get(number);
    if (kept) return kept;
    const at = number * layout.block;
    if (at + layout.block > this.#places.length) throw this.#broken('is damaged');
    const size = this.#places.readUInt32LE(at + 12);
    if (size > largestBlock) throw this.#broken('is damaged');
    const packed = this.#read(this.#places.readDoubleLE(at), this.#places.readUInt32LE(at + 8));
    let block: Buffer;
    try {
      block = inflateRawSync(packed, { maxOutputLength: size });
    } catch {
      throw this.#broken('is damaged');
    }
    const [oldest] = this.#unpacked.keys();
    if (oldest !== undefined && this.#unpacked.size >= keptBlocks) this.#unpacked.delete(oldest);
    this.#unpacked.set(number, block);
    return block;
  }

  #read(offset: number, length: number): Buffer {
    if (!(offset >= 0) || offset + length > fstatSync(this.#file).size) throw this.#broken('is cut off');
    const bytes = Buffer.allocUnsafe(length);
    if (readSync(this.#file, bytes, 0, length, offset) !== length) throw this.#broken('is cut off');
    return bytes;
  }

  #broken(what: string): ScanError {
    return new ScanError(`${this.path} ${what}. Make it anew with: ringfence db update`);
  }
}

function openFile(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new ScanError(`There is no advisory database at ${path}. Make one with: ringfence db update`, {
      cause,
    });
  }
}
