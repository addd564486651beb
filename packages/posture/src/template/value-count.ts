/** Counts values, of which those that stand in several places count in each; it looks at each only once. */
export class ValueCount {
  readonly #counts = new Map<object, number>();

  of(value: unknown): number {
    if (typeof value !== 'object' || value === null) return 1;
    const known = this.#counts.get(value);
    if (known !== undefined) return known;
    // What leads to itself counts as one within.
    this.#counts.set(value, 1);
    const count = Object.values(value).reduce((sum: number, member) => sum + this.of(member), 1);
    this.#counts.set(value, count);
    return count;
  }
}
