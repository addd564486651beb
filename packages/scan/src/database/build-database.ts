import { open, rename, rm } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { groupBy } from '../content/group-by.ts';
import { type Ecosystem, normaliseName } from '../ecosystem.ts';
import type { Advisory } from '../match/advisory.ts';
import { hashName, layout } from './layout.ts';

/** Unpacked bytes of a block: small, because a look-up unpacks one, and large enough to pack well. */
const blockSize = 24 * 1024;

interface Package {
  hash: Buffer;
  records: Map<string, string>;
}

/** Collects advisories, and writes them as one file. */
export class DatabaseBuilder {
  readonly #packages = new Map<string, Package>();
  readonly #ids = new Set<string>();
  #newest = 0;

  /** Of two records with the same id and package the later one counts. */
  add(advisory: Advisory): void {
    this.#ids.add(advisory.id);
    // One that is dated ahead would make every other database look old.
    this.#newest = Math.max(this.#newest, Math.min(Date.parse(advisory.modified) || 0, Date.now()));
    const own = groupBy(advisory.affected, (each) => this.#packageOf(each.ecosystem, each.name));
    for (const [{ records }, affected] of own)
      records.set(advisory.id, JSON.stringify({ ...advisory, affected }));
  }

  get count(): number {
    return this.#ids.size;
  }

  #packageOf(ecosystem: Ecosystem, name: string): Package {
    const key = `${ecosystem}\0${normaliseName(ecosystem, name)}`;
    let found = this.#packages.get(key);
    if (!found) {
      found = { hash: hashName(ecosystem, name), records: new Map() };
      this.#packages.set(key, found);
    }
    return found;
  }

  /** Writes the file, in place of an older one only when it is whole. */
  async write(path: string): Promise<void> {
    const packages = [...this.#packages.values()].sort((one, other) => Buffer.compare(one.hash, other.hash));
    const entries = Buffer.alloc(packages.length * layout.entry);
    const blocks: { packed: Buffer; size: number }[] = [];
    let parts: Buffer[] = [];
    let size = 0;
    const endBlock = () => {
      if (size > 0) blocks.push({ packed: deflateRawSync(Buffer.concat(parts), { level: 9 }), size });
      parts = [];
      size = 0;
    };
    for (const [index, { hash, records }] of packages.entries()) {
      const text = Buffer.from(`[${[...records.values()].join(',')}]`);
      if (size + text.length > blockSize) endBlock();
      const at = index * layout.entry;
      hash.copy(entries, at);
      entries.writeUInt32LE(blocks.length, at + 8);
      entries.writeUInt32LE(size, at + 12);
      entries.writeUInt32LE(text.length, at + 16);
      parts.push(text);
      size += text.length;
    }
    endBlock();
    const places = Buffer.alloc(blocks.length * layout.block);
    let offset = layout.header + entries.length + places.length;
    for (const [index, block] of blocks.entries()) {
      places.writeDoubleLE(offset, index * layout.block);
      places.writeUInt32LE(block.packed.length, index * layout.block + 8);
      places.writeUInt32LE(block.size, index * layout.block + 12);
      offset += block.packed.length;
    }
    const header = Buffer.alloc(layout.header);
    header.write(layout.magic, 'latin1');
    header.writeUInt32LE(packages.length, 8);
    header.writeUInt32LE(blocks.length, 12);
    header.writeUInt32LE(this.#ids.size, 16);
    header.writeDoubleLE(this.#newest, 24);
    header.writeDoubleLE(Date.now(), 32);
    await replaceFile(path, [header, entries, places, ...blocks.map(({ packed }) => packed)]);
  }
}

async function replaceFile(path: string, parts: Buffer[]): Promise<void> {
  const temporary = `${path}.${process.pid}.new`;
  try {
    const file = await open(temporary, 'w');
    try {
      for (let index = 0; index < parts.length; index += 500)
        await file.writev(parts.slice(index, index + 500));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
