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
    if (this.#counts.size >= 10_000) this.#forget(now);
    const count = this.#counts.get(key);
    if (count && count.until > now) count.failures++;
    else this.#counts.set(key, { failures: 1, until: now + this.#windowMs });
  }

  /** The attempt was right: nothing is held against the key any more. */
  clear(key: string): void {
    this.#counts.delete(key);
  }

  #forget(now: number): void {
    for (const [key, { until }] of this.#counts) if (until <= now) this.#counts.delete(key);
    // Still too many: the oldest go, so that memory stays bounded.
    for (const key of this.#counts.keys()) {
      if (this.#counts.size < 10_000) break;
      this.#counts.delete(key);
    }
  }
}
