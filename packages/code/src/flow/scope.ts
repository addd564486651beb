import { join, unknown, type Value } from './value.ts';

/** The names that code sees, from its own block outwards. */
export class Scope {
  readonly #names = new Map<string, Value>();
  readonly #outer: Scope | undefined;

  constructor(outer?: Scope) {
    this.#outer = outer;
  }

  get(name: string): Value | undefined {
    return this.#names.get(name) ?? this.#outer?.get(name);
  }

  /** Binds a name here. */
  declare(name: string, value: Value): void {
    this.#names.set(name, value);
  }

  /** Gives a name another value where it is bound, or here. Where the code may not have run, what it was before stays possible. */
  assign(name: string, value: Value, isCertain: boolean): void {
    const holder = this.#holderOf(name) ?? this;
    holder.#names.set(
      name,
      isCertain && holder === this ? value : join(holder.#names.get(name) ?? unknown, value),
    );
  }

  #holderOf(name: string): Scope | undefined {
    if (this.#names.has(name)) return this;
    return this.#outer === undefined ? undefined : this.#outer.#holderOf(name);
  }
}
