import {
  type EngineSettings,
  encodeSettings,
  type ProtectionClass,
  type WaasEffect,
} from '@ringfence/policy/waas-section';

/** What the engine found in one field of an event. */
export interface Verdict {
  class: ProtectionClass;
  /** What the rule says about it; `alert` where there is no rule. */
  effect: WaasEffect;
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

/** One event, judged. */
export interface Inspection {
  /** What brought the event: `http-api`, `sqs`, `direct` … */
  trigger: string;
  /** The client's address, and who the platform says it is, where the event tells. */
  address?: string;
  identity?: string;
  verdicts: Verdict[];
  /** Verdicts there was no room for. */
  leftOut: number;
  /** Something was left unread, because decoding all of it would have taken too long. */
  incomplete: boolean;
  decision: Decision;
}

/** What stands around a verdict's evidence in the judged form, cut; secrets in it are not masked. */
export interface Surroundings {
  /** Where in the event the value begins that held it, in bytes. */
  place: number;
  /** Bytes of the form before `before`. */
  start: number;
  before: string;
  evidence: string;
  after: string;
  /** Bytes of the form behind `after`. */
  leftOut: number;
}

/** What happens with the event. Texts are JSON. */
export type Decision =
  | { kind: 'pass' }
  /** The function does not get it; the text is its response. */
  | { kind: 'answer'; response: string }
  /** The function does not get it; the text is its error. */
  | { kind: 'error'; error: string }
  /** The function gets this event instead; `failures` go into its response (`mergeResponse`). */
  | { kind: 'replace'; event: string; failures: string };

interface Exports {
  memory: WebAssembly.Memory;
  input(size: number): number;
  configure(size: number): number;
  inspectText(size: number): number;
  inspectEvent(size: number, now: number, isCut: boolean): number;
  giveUp(size: number, now: number): void;
  decided(): number;
  answer(): number;
  answerSize(): number;
  failures(): number;
  failuresSize(): number;
  mergeResponse(size: number, failures: number): void;
  watch(index: number): void;
  surroundings(): number;
  output(): number;
  outputSize(): number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The detection engine, one instance of its WebAssembly. Of an inspection it keeps nothing for the next but who is banned. */
export class Engine {
  readonly #module: WebAssembly.Module;
  readonly #section: Uint8Array | undefined;
  #exports: Exports;

  /** An engine out of its compiled WebAssembly. Throws where it is something else. Without settings all protections alert. */
  constructor(module: WebAssembly.Module, settings?: EngineSettings) {
    this.#module = module;
    this.#section = settings && encodeSettings(settings);
    this.#exports = this.#start();
  }

  /** An engine out of its WebAssembly, compiled or not. */
  static async load(from: BufferSource | WebAssembly.Module, settings?: EngineSettings): Promise<Engine> {
    return new Engine(from instanceof WebAssembly.Module ? from : await WebAssembly.compile(from), settings);
  }

  #start(): Exports {
    this.#exports = new WebAssembly.Instance(this.#module).exports as unknown as Exports;
    if (this.#section && this.#exports.configure(this.#write(this.#section)) === 0)
      throw new RangeError('the engine does not take these settings');
    return this.#exports;
  }

  /** Judges one decoded value, as a function would receive it. The surest verdict of each class. */
  inspectText(text: string): Verdict[] {
    return this.#exports.inspectText(this.#write(text)) === 0 ? [] : this.#report().verdicts;
  }

  /**
   * Judges an event, as JSON or as what becomes JSON, and decides what happens with it. Throws a TypeError for an object that JSON
   * can't hold; whatever else an event is, it is judged, or else the decision is that of the rule's `onError`.
   * @param now Unix milliseconds, for bans.
   * @param isWhole False where the event was cut off, so that what was not seen of it counts as not judged.
   */
  inspectEvent(event: string | Uint8Array | object | null, now = Date.now(), isWhole = true): Inspection {
    const json = typeof event === 'string' || event instanceof Uint8Array ? event : JSON.stringify(event);
    const seconds = Math.floor(now / 1000);
    try {
      this.#exports.inspectEvent(this.#write(json), seconds, !isWhole);
      return { ...this.#report(), decision: this.#decision() };
    } catch {
      return this.#giveUpAnew(json, seconds);
    }
  }

  /** After a trap, in a new instance; without the event where it is that which traps. */
  #giveUpAnew(event: string | Uint8Array, seconds: number): Inspection {
    this.#start();
    try {
      return this.#giveUp(event, seconds);
    } catch (error) {
      if (event.length === 0) throw error;
      return this.#giveUpAnew('', seconds);
    }
  }

  #giveUp(event: string | Uint8Array, seconds: number): Inspection {
    this.#exports.giveUp(this.#write(event), seconds);
    return { ...this.#report(), decision: this.#decision() };
  }

  /** Has what stands around this verdict's evidence kept by the next inspections, for `surroundings`. */
  watch(verdict: number): void {
    this.#exports.watch(verdict);
  }

  /** What stands around the evidence of the watched verdict; undefined where the last inspection has no such verdict. */
  surroundings(): Surroundings | undefined {
    const at = this.#exports.surroundings();
    return JSON.parse(this.#read(at, this.#exports.outputSize())) ?? undefined;
  }

  /** Merges the failures of a `replace` into what the function answered. */
  mergeResponse(response: string, failures: string): string {
    const size = encoder.encode(response).length;
    const total = this.#write(response + failures);
    this.#exports.mergeResponse(size, total - size);
    return this.#read(this.#exports.answer(), this.#exports.answerSize());
  }

  #decision(): Decision {
    const exports = this.#exports;
    const answer = () => this.#read(exports.answer(), exports.answerSize());
    switch (exports.decided()) {
      case 0:
        return { kind: 'pass' };
      case 1:
        return { kind: 'answer', response: answer() };
      case 2:
        return { kind: 'error', error: answer() };
      default:
        return {
          kind: 'replace',
          event: answer(),
          failures: this.#read(exports.failures(), exports.failuresSize()),
        };
    }
  }

  #write(input: string | Uint8Array): number {
    const room = typeof input === 'string' ? input.length * 3 : input.length;
    const at = this.#exports.input(room);
    const memory = new Uint8Array(this.#exports.memory.buffer, at, room);
    if (typeof input === 'string') return encoder.encodeInto(input, memory).written;
    memory.set(input);
    return input.length;
  }

  #read(at: number, size: number): string {
    return decoder.decode(new Uint8Array(this.#exports.memory.buffer, at, size));
  }

  #report(): Omit<Inspection, 'decision'> {
    const at = this.#exports.output();
    return JSON.parse(this.#read(at, this.#exports.outputSize()));
  }
}
