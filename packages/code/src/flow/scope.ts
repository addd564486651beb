import type { Safety } from './listener.ts';
import { join, unknown, type Value } from './value.ts';

/** The names that code sees, from its own block outwards. */
export class Scope {
  readonly #names = new Map<string, Value>();
  readonly #outer: Scope | undefined;
  /** What conditions have found out, by path. */
  #checked: ReadonlyMap<string, Safety> = new Map();

  constructor(outer?: Scope) {
    this.#outer = outer;
  }

  get(name: string): Value | undefined {
    return this.#names.get(name) ?? this.#outer?.get(name);
  }

  /** Binds a name here. */
  declare(name: string, value: Value): void {
    this.#forget(name);
    this.#names.set(name, value);
  }

  /**
   * Gives a name another value where it is bound, or here; where it is `isLocal`, here. Where the code may not have run, what it was before stays
   * possible.
   */
  assign(name: string, value: Value, isCertain: boolean, isLocal = false): void {
    const holder = isLocal ? this : (this.#holderOf(name) ?? this);
    holder.#forget(name);
    holder.#names.set(
      name,
      isCertain && holder === this ? value : join(holder.#names.get(name) ?? unknown, value),
    );
  }

  /** For what `path`, such as `event.file`, is harmless here. */
  safetyOf(path: string): Safety | undefined {
    const own = this.#checked.get(path);
    if (own || this.#names.has(path.split('.', 1)[0] as string)) return own;
    return this.#outer?.safetyOf(path);
  }

  /** Runs `work` with what a condition has found out, which is forgotten afterwards. */
  within(checked: Iterable<[string, Safety]>, work: () => void): void {
    const before = this.#checked;
    this.#checked = new Map([...before, ...checked]);
    work();
    this.#checked = before;
  }

  /** What a condition has found out for all that follows. */
  learn(checked: Iterable<[string, Safety]>): void {
    this.#checked = new Map([...this.#checked, ...checked]);
  }

  #forget(name: string): void {
    if (this.#checked.size === 0) return;
    const isOf = (path: string) => path === name || path.startsWith(`${name}.`);
    this.#checked = new Map([...this.#checked].filter(([path]) => !isOf(path)));
  }

  #holderOf(name: string): Scope | undefined {
    if (this.#names.has(name)) return this;
    return this.#outer === undefined ? undefined : this.#outer.#holderOf(name);
  }
}
