import { FormatError } from './format-error.ts';

/** Reads little-endian values from hostile bytes; each read checks its length. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #what: string;
  #offset = 0;

  /** `what` names the format in errors. */
  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#what = what;
  }

  fail(problem: string): never {
    throw new FormatError(`${this.#what}: ${problem} (at byte ${this.#offset} of ${this.#bytes.length})`);
  }

  #advance(length: number): number {
    const start = this.#offset;
    if (length > this.#bytes.length - start)
      this.fail(`${length} bytes are expected, but the end comes first`);
    this.#offset += length;
    return start;
  }

  /** A copy, so that the caller's buffer may be used again. */
  bytes(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.slice(start, start + length);
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  f64(): number {
    return this.#view.getFloat64(this.#advance(8), true);
  }

  /** All that is left. */
  rest(): Uint8Array {
    return this.bytes(this.#bytes.length - this.#offset);
  }

  /** An unsigned 64-bit integer; JavaScript holds them exactly up to 2^53 - 1, and no larger one is in use. */
  u64(name: string): number {
    const value = this.#view.getBigUint64(this.#advance(8), true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) this.fail(`${name} is larger than 2^53 - 1`);
    return Number(value);
  }

  /** Well-formed UTF-8 of that many bytes. */
  text(length: number, name: string): string {
    const bytes = this.bytes(length);
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return this.fail(`${name} is not UTF-8`);
    }
  }

  /** One of the values, by its number in one byte. */
  choice<Value>(values: readonly Value[], name: string): Value {
    const number = this.u8();
    return values[number] ?? this.fail(`there is no ${name} ${number}`);
  }

  /** A count of two bytes and that many items. */
  list<Item>(readItem: () => Item): Item[] {
    return Array.from({ length: this.u16() }, readItem);
  }

  expectMagic(magic: string): void {
    const found = this.bytes(magic.length);
    if (found.some((byte, index) => byte !== magic.charCodeAt(index)))
      this.fail(`it does not begin with ${magic}`);
  }

  expectZero(value: number, name: string): void {
    if (value !== 0) this.fail(`${name} must be 0, not ${value}`);
  }

  expectEnd(): void {
    const rest = this.#bytes.length - this.#offset;
    if (rest > 0) this.fail(`${rest} bytes follow the end`);
  }
}
