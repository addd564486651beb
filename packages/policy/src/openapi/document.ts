import { isRecord, type Place, valueAt } from './place.ts';

/** What was not taken over, or not as it stands there. */
export type OpenApiNote = { place: Place; message: string };

/** What makes a document useless as a whole. */
export class OpenApiError extends Error {
  readonly place: Place;

  constructor(place: Place, message: string) {
    super(message);
    this.name = 'OpenApiError';
    this.place = place;
  }
}

/** More would be a bomb made of references, or more than a policy has room for. */
const MOST_SCHEMAS = 20_000;

/** A document that is being turned into shapes: follows its references, and collects what could not be taken over. */
export class OpenApiDocument {
  readonly root: Record<string, unknown>;
  /** The way of 3.0 with schemas; else that of 3.1, which is JSON Schema. */
  readonly isOld: boolean;
  readonly #notes = new Map<string, OpenApiNote>();
  /** The references that are being followed. */
  readonly #followed = new Set<Place>();
  #schemas = 0;

  constructor(root: Record<string, unknown>) {
    this.root = root;
    this.isOld = /^3\.0(\.|$)/.test(String(root.openapi));
  }

  get notes(): OpenApiNote[] {
    return [...this.#notes.values()];
  }

  note(place: Place, message: string): void {
    this.#notes.set(`${place} ${message}`, { place, message });
  }

  /** Counts a schema. Throws where there are too many. */
  countSchema(place: Place): void {
    if (++this.#schemas > MOST_SCHEMAS)
      throw new OpenApiError(
        place,
        `more than ${MOST_SCHEMAS} schemas once references are followed; give a document with fewer routes`,
      );
  }

  /**
   * Hands what is at the place, or what it refers to, to `use`; undefined where that is no object, or refers to what is being
   * read, which is noted.
   */
  follow<Result>(
    value: unknown,
    place: Place,
    use: (value: Record<string, unknown>, place: Place) => Result,
  ): Result | undefined {
    if (!isRecord(value)) {
      this.note(place, 'is not an object; it is not checked');
      return undefined;
    }
    const target = value.$ref;
    if (typeof target !== 'string') return use(value, place);
    if (!target.startsWith('#')) {
      this.note(
        place,
        `refers to another document, ${JSON.stringify(target.slice(0, 200))}; it is not checked`,
      );
      return undefined;
    }
    if (this.#followed.has(target)) {
      this.note(place, `refers to ${target}, within which it is; what is deeper is not checked`);
      return undefined;
    }
    const found = valueAt(this.root, target);
    if (found === undefined) {
      this.note(place, `refers to ${target}, where nothing is; it is not checked`);
      return undefined;
    }
    this.#followed.add(target);
    try {
      return this.follow(found, target, use);
    } finally {
      this.#followed.delete(target);
    }
  }
}
