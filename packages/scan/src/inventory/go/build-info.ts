import type { FoundPackage } from '../../found-package.ts';
import type { InventoryReader } from '../reader.ts';

const magic = Buffer.from('\xff Go buildinf:', 'latin1');
/** The section that every Go program keeps, since it runs by it, also where its build information was taken out. */
const lineTable = Buffer.from('\0.gopclntab\0', 'latin1');
const headerBytes = 32;
/** Strings follow the header, each behind its length; so it is since Go 1.18 (go.dev, debug/buildinfo). */
const inlineFlag = 2;

function readVarint(bytes: Buffer, at: number): { value: number; next: number } {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = bytes[at++];
    if (byte === undefined) break;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, next: at };
  }
  throw new Error('its build information is damaged');
}

function readString(bytes: Buffer, at: number): { text: string; next: number } {
  const { value, next } = readVarint(bytes, at);
  if (next + value > bytes.length) throw new Error('its build information is damaged');
  return { text: bytes.toString('utf8', next, next + value), next: next + value };
}

const withoutPrefix = (version: string) => version.replace(/^(go|v)/, '');

/** `go1.22rc1` is 1.22.0-rc1 in the advisories about the standard library; what follows a space are experiments. */
function toSemver(version: string): string {
  const [, numbers = '', rest = ''] = /^([\d.]+)(\w*)/.exec(withoutPrefix(version)) ?? [];
  const [major = '0', minor = '0', patch = '0'] = numbers.split('.');
  return `${major}.${minor}.${patch}${rest === '' ? '' : `-${rest}`}`;
}

function readModules(text: string, path: string): FoundPackage[] {
  const found: FoundPackage[] = [];
  for (const line of text.split('\n')) {
    const [kind, name, version] = line.split('\t');
    if (kind !== 'dep' && kind !== '=>') continue;
    // A replacement stands for the module before it.
    if (kind === '=>') found.pop();
    if (!name || !version || version === '(devel)') continue;
    found.push({
      ecosystem: 'Go',
      name,
      version: withoutPrefix(version),
      evidence: [{ path, by: 'binary' }],
      dependencies: [],
    });
  }
  return found;
}

/** What the Go linker writes into every program: its own version, and that of each module. */
export const buildInfo: InventoryReader = {
  matches: (path) => !/\.[a-z]{1,5}$/i.test(path) || /\.(so|exe|bin)$/.test(path),
  read(bytes, path) {
    const isProgram = bytes.subarray(0, 4).equals(Buffer.from('\x7fELF', 'latin1'));
    const at = isProgram ? bytes.indexOf(magic) : -1;
    if (isProgram && at === -1 && bytes.includes(lineTable))
      throw new Error('it is a Go program without build information, so that its modules are not known');
    if (at === -1) return [];
    if (((bytes[at + 15] ?? 0) & inlineFlag) === 0)
      throw new Error('it was built by a Go before 1.18, whose build information is not read');
    const { text: version, next } = readString(bytes, at + headerBytes);
    const { text: modules } = readString(bytes, next);
    const standard: FoundPackage = {
      ecosystem: 'Go',
      name: 'stdlib',
      version: toSemver(version),
      evidence: [{ path, by: 'binary' }],
      dependencies: [],
    };
    // 16 bytes stand before and behind the list, by which it is found in a running program.
    return [standard, ...readModules(modules.slice(16, -16), path)];
  },
};
