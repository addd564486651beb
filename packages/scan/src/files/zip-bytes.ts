import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import yauzl from 'yauzl';

/** Bytes that are read at once: of the directory of a zip some thousand entries, of a file's content most of them whole. */
const windowSize = 64 * 1024;

/** The bytes of a zip, in a file or in memory, for yauzl. Read without waiting in between: for tens of thousands of entries that is three times as fast. */
export class ZipBytes extends yauzl.RandomAccessReader {
  readonly size: number;
  readonly #fill: (target: Buffer, position: number) => void;
  readonly #end: () => void;
  #window = Buffer.alloc(0);
  #start = 0;

  private constructor(size: number, fill: (target: Buffer, position: number) => void, end = () => {}) {
    super();
    this.size = size;
    this.#fill = fill;
    this.#end = end;
  }

  /** Throws the operating system's error for what cannot be opened. */
  static ofFile(path: string): ZipBytes {
    const file = openSync(path, 'r');
    const fill = (target: Buffer, position: number) => {
      for (let done = 0; done < target.length; ) {
        const count = readSync(file, target, done, target.length - done, position + done);
        if (count === 0) throw new Error('it is cut off');
        done += count;
      }
    };
    return new ZipBytes(fstatSync(file).size, fill, () => closeSync(file));
  }

  static ofMemory(bytes: Buffer): ZipBytes {
    return new ZipBytes(bytes.length, (target, position) => {
      bytes.copy(target, 0, position);
    });
  }

  /** The bytes from `start` on; the same memory may be handed out again, but is never changed. Throws for what is not there. */
  slice(start: number, length: number): Buffer {
    if (start < 0 || start + length > this.size) throw new Error('it is cut off');
    const at = start - this.#start;
    if (at >= 0 && at + length <= this.#window.length) return this.#window.subarray(at, at + length);
    const window = Buffer.allocUnsafeSlow(Math.min(Math.max(length, windowSize), this.size - start));
    this.#fill(window, start);
    // One that is larger than others is not kept: it is one file's content, and will hardly be read again.
    if (length <= windowSize) [this.#window, this.#start] = [window, start];
    return window.subarray(0, length);
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    let failure: Error | null = null;
    try {
      this.slice(position, length).copy(buffer, offset);
    } catch (error) {
      failure = error as Error;
    }
    callback(failure);
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from([this.slice(start, end - start)]);
  }

  override close(callback: (error: Error | null) => void): void {
    this.#end();
    callback(null);
  }
}
