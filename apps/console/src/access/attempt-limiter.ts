/** Keys that are remembered, so that memory stays bounded. */
const KEYS = 10_000;

type Count = { failures: number; until: number };

/** Counts failed attempts by key (an address, an e-mail) in memory, and says how long to wait after too many. */
export class AttemptLimiter {
  readonly #counts = new Map<string, Count>();
  readonly #limit: number;
  readonly #windowMs: number;

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Seconds to wait, 0 when an attempt is allowed. */
  getWait(key: string, now = Date.now()): number {
    const count = this.#counts.get(key);
    if (!count || count.until <= now || count.failures < this.#limit) return 0;
    return Math.ceil((count.until - now) / 1000);
  }

  /** Counts an attempt before its outcome is known, so that many at once don't slip through. */
  begin(key: string, now = Date.now()): void {
    const count = this.#counts.get(key);
    if (count && count.until > now) {
      count.failures++;
      return;
    }
    // Put at the end, so that the first key is always the one that ends soonest.
    this.#counts.delete(key);
    this.#counts.set(key, { failures: 1, until: now + this.#windowMs });
    const [soonest] = this.#counts.keys();
    if (this.#counts.size > KEYS && soonest !== undefined) this.#counts.delete(soonest);
  }

  /** The attempt was right: nothing is held against the key any more. */
  clear(key: string): void {
    this.#counts.delete(key);
  }
}
