import { existsSync, realpathSync } from 'node:fs';
import { extname, relative, resolve } from 'node:path';
import { isMembers, type Members } from '../graph/json.ts';
import { PostureError } from '../posture-error.ts';
import { inWords, keepPlace, type Place, placeOf } from '../template/place.ts';
import { readDocument, readText } from '../template/read-document.ts';
import { hole, holesOf, known, literal } from '../template/substitution.ts';
import { type Part, parseVariables, type Source } from './parse-variables.ts';

/** Variables that lead to variables. */
const MOST_VARIABLES = 40;
/** Levels of values, those that variables bring included. */
const DEEPEST = 200;
/** Values with what variables repeat, a hundred characters of text counting as one. */
const MOST_VALUES = 500_000;

/** What a file exports that is code; undefined where that is not known. */
export type Exported = (path: string) => unknown;

/** What the variables of one service are filled in with. */
export interface VariableOptions {
  /** Of the service's file. */
  folder: string;
  /** Folder whose files may be read. */
  readable: string;
  /** The folder that places start from. */
  root: string;
  exported: Exported;
  /** Given for `opt:`, `param:` and the stage. */
  parameters: Readonly<Record<string, string>>;
}

/** A value as it is written, whose own variables are yet to be filled in; or a text that has none, as `substitution.ts` has it. */
type Found = { raw: unknown; place?: Place | undefined } | { text: string };

/** What only the account or the machine knows. Its name tells it from the variables of a function's environment. */
const openHole = (written: string) => hole(`Serverless:${written.replaceAll(/[{}$]/g, '')}`);
const unknown = (written: string): Found => ({ text: openHole(written) });

/** Fills in the variables of a service's configuration. Texts that stay open become `Fn::Sub`. */
export class Variables {
  readonly notes: string[] = [];
  readonly #config: unknown;
  readonly #options: VariableOptions;
  readonly #files = new Map<string, unknown>();
  readonly #open: string[] = [];
  #left = MOST_VALUES;

  constructor(config: unknown, options: VariableOptions) {
    this.#config = config;
    this.#options = options;
  }

  /** A copy of the value. Throws a `PostureError` for variables that go round in a circle, or make too much of it. */
  fill(value: unknown, place?: Place, depth = 0): unknown {
    this.#spend(1, place);
    if (depth > DEEPEST)
      throw new PostureError(`${at(place)}the value is nested more than ${DEEPEST} levels deep`);
    if (typeof value === 'string') return this.#fillText(value, place, depth);
    if (Array.isArray(value))
      return keepPlace(
        value,
        value.map((item, index) => this.fill(item, placeOf(value, index) ?? place, depth + 1)),
      );
    if (!isMembers(value)) return value;
    return keepPlace(
      value,
      Object.fromEntries(
        Object.entries(value).map(([key, member]) => {
          const own = placeOf(value, key) ?? place;
          return [
            key,
            key === 'Fn::Sub' ? this.#fillSub(member, own, depth) : this.fill(member, own, depth + 1),
          ];
        }),
      ),
    );
  }

  /** The stage that is looked at. */
  stage(): string {
    const { stage } = this.#options.parameters;
    if (stage !== undefined) return literal(stage);
    const found = this.#walk(this.#config, ['provider', 'stage']);
    return (found && this.#toText(found, 0)) ?? 'dev';
  }

  /** The text in the form of Fn::Sub, or what a text becomes that is a single variable. */
  #fillText(text: string, place: Place | undefined, depth: number): unknown {
    const parts = parseVariables(text.replaceAll(/#\{(AWS::\w+)\}/g, '${$1}'));
    const [only] = parts;
    if (parts.length === 1 && typeof only === 'object') {
      const found = this.#evaluate(only, place);
      return 'text' in found
        ? fromText(found.text)
        : this.#nested(only, () => this.fill(found.raw, found.place ?? place, depth + 1), place);
    }
    return fromText(this.#join(parts, place, depth, plainText));
  }

  #fillSub(argument: unknown, place: Place | undefined, depth: number): unknown {
    if (typeof argument === 'string') return this.#join(parseVariables(argument), place, depth, String);
    if (!Array.isArray(argument)) return this.fill(argument, place, depth + 1);
    const [text, ...others] = argument;
    return [
      typeof text === 'string' ? this.#join(parseVariables(text), place, depth, String) : text,
      ...others.map((other) => this.fill(other, place, depth + 1)),
    ];
  }

  #join(
    parts: readonly Part[],
    place: Place | undefined,
    depth: number,
    plain: (text: string) => string,
  ): string {
    return parts
      .map((part) => {
        if (typeof part === 'string') return plain(part);
        const text = this.#nested(part, () => this.#toText(this.#evaluate(part, place), depth + 1), place);
        this.#spend(text === undefined ? 1 : text.length / 100, place);
        return text ?? openHole(part.written);
      })
      .join('');
  }

  /** Undefined for what is no text. */
  #toText(found: Found, depth: number): string | undefined {
    if ('text' in found) return found.text;
    const value = this.fill(found.raw, found.place, depth + 1);
    if (isMembers(value) && typeof value['Fn::Sub'] === 'string') return value['Fn::Sub'];
    return typeof value === 'object' || value === undefined ? undefined : literal(String(value));
  }

  #nested<Result>({ written }: { written: string }, work: () => Result, place: Place | undefined): Result {
    this.#open.push(written);
    if (this.#open.length > MOST_VARIABLES)
      throw new PostureError(
        `${at(place)}the variable \${${written}} leads to itself: ${[...new Set(this.#open)].slice(0, 5).join(' → ')}; take it out of the circle`,
      );
    const result = work();
    this.#open.pop();
    return result;
  }

  #evaluate(variable: { written: string; sources: Source[] }, place: Place | undefined): Found {
    return this.#nested(variable, () => this.#firstOf(variable, place), place);
  }

  #firstOf(
    { written, sources }: { written: string; sources: readonly Source[] },
    place: Place | undefined,
  ): Found {
    for (const source of sources) {
      const found = this.#find(source, place);
      if (found && !('raw' in found && (found.raw === undefined || found.raw === null))) return found;
    }
    if (sources.length === 1 && /^self:/.test(written))
      this.notes.push(`${at(place)}there is no value for \${${written}}`);
    return unknown(written);
  }

  #find(source: Source, place: Place | undefined): Found | undefined {
    if ('value' in source)
      return typeof source.value === 'string' ? { text: literal(source.value) } : { raw: source.value };
    if ('variable' in source) return this.#firstOf({ written: '', sources: source.variable }, place);
    const address = known(this.#join(source.address, place, 0, literal));
    const parameters = known(this.#join(source.parameters, place, 0, literal));
    if (address === undefined || parameters === undefined) return unknown(source.type);
    const steps = address.split('.').filter((step) => step !== '');
    const given = this.#options.parameters[address];
    switch (source.type) {
      case 'self':
        return this.#walk(this.#config, steps);
      case 'opt':
        return address === 'stage' ? optional(this.#options.parameters.stage) : optional(given);
      case 'param':
        return given === undefined ? this.#parameter(address) : { text: literal(given) };
      case 'sls':
        return address === 'stage' ? { text: this.stage() } : unknown(`sls:${address}`);
      case 'aws':
        return { text: hole(address === 'accountId' ? 'AWS::AccountId' : 'AWS::Region') };
      case 'file':
        return this.#walk(this.#readFile(parameters, place), steps);
      case 'strToBool':
        return { raw: /^(true|1)$/i.test(parameters) };
      case 'env':
        // Not read: a report must not depend on who makes it, nor hold that one's secrets.
        return undefined;
      default:
        return unknown(`${source.type}:${address}`);
    }
  }

  #parameter(name: string): Found | undefined {
    const stage = known(this.stage()) ?? '';
    const places = [
      ['stages', stage, 'params', name],
      ['params', stage, name],
      ['stages', 'default', 'params', name],
      ['params', 'default', name],
    ];
    return places.map((steps) => this.#walk(this.#config, steps)).find((found) => found !== undefined);
  }

  /** Goes into a value as it is written, through the variables on the way. */
  #walk(from: unknown, steps: readonly string[]): Found | undefined {
    let value = from;
    let place: Place | undefined;
    for (const step of steps) {
      value = this.#throughVariable(value, place);
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
      place = placeOf(value, step) ?? place;
      value = (value as Members)[step];
    }
    return { raw: value, place };
  }

  /** What a text leads to that is a single variable. */
  #throughVariable(value: unknown, place: Place | undefined): unknown {
    if (typeof value !== 'string') return value;
    const [only, ...others] = parseVariables(value);
    if (typeof only !== 'object' || others.length > 0) return value;
    const found = this.#evaluate(only, place);
    return 'text' in found
      ? undefined
      : this.#nested(only, () => this.#throughVariable(found.raw, found.place), place);
  }

  #readFile(name: string, place: Place | undefined): unknown {
    const path = resolve(this.#options.folder, name);
    const read = this.#files.get(path);
    if (read !== undefined) return read;
    const value = this.#options.exported(path) ?? this.#parse(path, name, place);
    this.#files.set(path, value);
    return value;
  }

  #parse(path: string, name: string, place: Place | undefined): unknown {
    const { readable, root } = this.#options;
    const why = whyUnreadable(path, readable);
    if (why === undefined) return parseFile(path, relative(root, path));
    this.notes.push(`${at(place)}${name} is not read: ${why}`);
    return null;
  }

  #spend(values: number, place: Place | undefined): void {
    this.#left -= values;
    if (this.#left < 0)
      throw new PostureError(
        `${at(place)}the variables make more than ${MOST_VALUES} values of the service; split it, or use fewer variables`,
      );
  }
}

const at = (place: Place | undefined) => (place ? `${inWords(place)}: ` : '');

const optional = (text: string | undefined): Found | undefined =>
  text === undefined ? undefined : { text: literal(text) };

/** Plain text, where only the pseudo parameters stay open. */
const plainText = (text: string) => literal(text).replaceAll(/\$\{!(AWS::\w+\})/g, '${$1');

const fromText = (text: string): unknown => (holesOf(text).length > 0 ? { 'Fn::Sub': text } : known(text));

function whyUnreadable(path: string, root: string): string | undefined {
  if (/\.[cm]?[jt]s$/.test(path)) return 'it is code, which is not run';
  if (!existsSync(path)) return 'it is not there';
  return relative(realpathSync(root), realpathSync(path)).startsWith('..')
    ? `it lies outside of ${root}`
    : undefined;
}

const parseFile = (path: string, file: string): unknown =>
  /^\.(ya?ml|json)$/.test(extname(path)) ? readDocument(path, file) : readText(path, file);
