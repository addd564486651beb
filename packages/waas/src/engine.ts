import type { ProtectionClass } from './classes.ts';

/** What the engine found in one field of an event. */
export interface Verdict {
  class: ProtectionClass;
  /** Per cent: 90 and more means that hardly any honest text looks so. */
  confidence: number;
  /** Completes "the text …", in words for people. */
  reason: string;
  /** The field: `body.user.name`, `Records[3].body`; empty for a text that was judged alone. */
  path: string;
  /** How the judged form was got out of the field, outermost first. */
  decoding: string[];
  /** The part that shows the attack, in bytes of the judged form; `text` is cut to 120 bytes. */
  evidence: { start: number; end: number; text: string };
}

interface Exports {
  memory: WebAssembly.Memory;
  input(size: number): number;
  configure(classes: number): void;
  inspectText(size: number): number;
  inspectEvent(size: number): number;
  isIncomplete(): number;
  output(): number;
  outputSize(): number;
}

/** The detection engine, one instance of its WebAssembly. It keeps nothing of one inspection for the next. */
export class Engine {
  readonly #exports: Exports;

  private constructor(exports: Exports) {
    this.#exports = exports;
  }

  /** Compiles the engine. Throws where `bytes` are not its WebAssembly. */
  static async load(bytes: BufferSource): Promise<Engine> {
    const { instance } = await WebAssembly.instantiate(bytes);
    return new Engine(instance.exports as unknown as Exports);
  }

  /** Judges one decoded value, as a function would receive it. Verdicts of the surest reading of each class. */
  inspectText(text: string): Verdict[] {
    return this.#exports.inspectText(this.#write(text)) === 0 ? [] : this.#verdicts();
  }

  /** Judges an event: the JSON text that the runtime is going to get, or its bytes. */
  inspectEvent(event: string | Uint8Array): Verdict[] {
    const size = typeof event === 'string' ? this.#write(event) : this.#copy(event);
    return this.#exports.inspectEvent(size) === 0 ? [] : this.#verdicts();
  }

  /** Whether the last inspection left something unread: decoding all of it would have taken too long. */
  get isIncomplete(): boolean {
    return this.#exports.isIncomplete() !== 0;
  }

  #copy(bytes: Uint8Array): number {
    const at = this.#exports.input(bytes.length);
    new Uint8Array(this.#exports.memory.buffer, at, bytes.length).set(bytes);
    return bytes.length;
  }

  #write(text: string): number {
    const room = text.length * 3;
    const at = this.#exports.input(room);
    return encoder.encodeInto(text, new Uint8Array(this.#exports.memory.buffer, at, room)).written;
  }

  #verdicts(): Verdict[] {
    const at = this.#exports.output();
    const bytes = new Uint8Array(this.#exports.memory.buffer, at, this.#exports.outputSize());
    return JSON.parse(decoder.decode(bytes));
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
