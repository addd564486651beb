import type { PlainNode } from '@ringfence/code';
import { folderFinder, type GoModules } from './go-folders.ts';
import { fieldOf, walk } from './walk.ts';

export interface SourceFile {
  path: string;
  root: PlainNode;
  text: string;
}

/** What a name was declared as, or given later. */
export interface Declaration {
  /** As it is written; undefined where the value says it. */
  type?: string;
  value?: PlainNode;
  /** Which of several results of one call. */
  place?: number;
  /** One of the items of the value. */
  isItem?: boolean;
  /** In which member that stands. */
  member: Member;
}

export interface Parameter {
  name: string;
  type?: string;
  value?: PlainNode;
}

/** A method, a constructor, or what runs first: the values of the fields. */
export interface Member {
  name: string;
  kind: 'method' | 'constructor' | 'initial';
  owner: ProgramType;
  path: string;
  parameters: Parameter[];
  bodies: PlainNode[];
  /** Variables and parameters of functions in it, by name. */
  locals: Map<string, Declaration[]>;
  /** The type of what it gives back. */
  result?: string;
  /** Go: the names of what it gives back, which a bare return gives. */
  resultNames?: string[];
  /** Go: what the member is called on, by the name that it has there. */
  receiver?: string;
  /** C#: whether it is called on what is its first parameter. */
  isExtension?: boolean;
  /** Whether an annotation says what it is for; servers and containers call what has some. */
  isAnnotated?: boolean;
  /** Whether it stands in for one of a type that may be none of the program's. */
  isOverride: boolean;
}

/** A class, an interface, a struct; of Go, also a package, whose members are its functions. */
export interface ProgramType {
  name: string;
  path: string;
  /** Its package or its namespace; of Go, its folder. */
  namespace: string;
  supers: string[];
  isInterface: boolean;
  /** Of a generic type, the names that stand for types in it. */
  typeParameters?: string[];
  fields: Map<string, Declaration[]>;
  members: Member[];
  /** The type that it stands in. */
  outer?: ProgramType;
  node?: PlainNode;
}

/** The types of a program, by their names. */
export class ProgramTypes {
  readonly all: ProgramType[] = [];
  readonly #byName = new Map<string, ProgramType[]>();
  #findFolder: ((path: string) => string | undefined) | undefined;
  readonly #supers = new Map<ProgramType, ProgramType[]>();
  readonly #subtypes = new Map<ProgramType, ProgramType[]>();
  /** By file: the packages that Go's files import, by the names that they have there. */
  readonly imports = new Map<string, Map<string, string>>();
  readonly #modules: GoModules;

  constructor(modules: GoModules = new Map()) {
    this.#modules = modules;
  }

  add(type: ProgramType): void {
    this.all.push(type);
    const same = this.#byName.get(type.name) ?? [];
    if (same.length === 0) this.#byName.set(type.name, same);
    same.push(type);
  }

  /** What a name means in a file: the nearest of that name, or all where none is nearer. */
  find(written: string, from: string): ProgramType[] {
    const name = plainName(written);
    const [, space, last = name] = /^(?:(.*)\.)?(\w+)$/.exec(name) ?? [];
    const found = this.#byName.get(last) ?? [];
    const folder = folderOf(from);
    if (from.endsWith('.go')) {
      const own = space === undefined ? folder : this.#folderOf(this.imports.get(from)?.get(space));
      return found.filter(({ namespace }) => namespace === own);
    }
    if (found.length <= 1) return found;
    const nearer = [
      found.filter(({ path }) => path === from),
      found.filter(({ namespace }) => space !== undefined && namespace === space),
      found.filter(({ path }) => folderOf(path) === folder),
    ];
    return nearer.find(({ length }) => length > 0) ?? found;
  }

  /** Go: the package that a name stands for in a file. */
  packageOf(name: string, from: string): ProgramType | undefined {
    const folder = this.#folderOf(this.imports.get(from)?.get(name));
    return folder === undefined
      ? undefined
      : this.all.find((type) => type.name === PACKAGE && type.namespace === folder);
  }

  #folderOf(path: string | undefined): string | undefined {
    this.#findFolder ??= folderFinder(
      [...this.imports.values()].flatMap((imports) => [...imports.values()]),
      new Set(this.all.map(({ namespace }) => namespace)),
      this.#modules,
    );
    return path === undefined ? undefined : this.#findFolder(path);
  }

  /** The types that a type is made from, in the program. To be asked when all types are there. */
  supersOf(type: ProgramType): ProgramType[] {
    const known = this.#supers.get(type);
    if (known) return known;
    const found = new Set<ProgramType>();
    this.#supers.set(type, []);
    for (const each of type.supers.flatMap((name) => this.find(name, type.path)))
      if (each !== type) for (const one of [each, ...this.supersOf(each)]) found.add(one);
    this.#supers.set(type, [...found]);
    return [...found];
  }

  /** Members of a type and of what it is made from, the nearest first. */
  membersOf(type: ProgramType, name: string): Member[] {
    const own = type.members.filter((member) => member.name === name && member.kind === 'method');
    return own.length > 0
      ? own
      : this.supersOf(type).flatMap(({ members }) => members.filter((member) => member.name === name));
  }

  /** Types that may stand where a type is asked for; of Go, those that have its methods. */
  subtypesOf(type: ProgramType): ProgramType[] {
    const found = this.#subtypes.get(type) ?? this.#findSubtypes(type);
    this.#subtypes.set(type, found);
    return found;
  }

  #findSubtypes(type: ProgramType): ProgramType[] {
    if (!type.path.endsWith('.go'))
      return this.all.filter((each) => each !== type && this.supersOf(each).includes(type));
    if (!type.isInterface) return [];
    const asked = [...walk(type.node ?? nothing)].flatMap((node) =>
      node.type === 'method_elem' ? (fieldOf(node, 'name')?.text ?? []) : [],
    );
    return this.all.filter(
      (each) =>
        !each.isInterface &&
        each.name !== PACKAGE &&
        asked.length > 0 &&
        asked.every((name) => this.membersOf(each, name).length > 0),
    );
  }

  /** C#: the methods of that name that are called on what they do not belong to. */
  extensionsOf(name: string): Member[] {
    return this.all.flatMap(({ members }) =>
      members.filter((member) => member.isExtension && member.name === name),
    );
  }

  fieldsOf(type: ProgramType | undefined, name: string): Declaration[] {
    for (let each = type; each; each = each.outer) {
      const own = [each, ...this.supersOf(each)].flatMap(({ fields }) => fields.get(name) ?? []);
      if (own.length > 0) return own;
    }
    return [];
  }
}

const nothing: PlainNode = { type: '', text: '', at: { line: 1, column: 1 }, children: [] };
/** The name of what holds the functions of a package of Go. */
export const PACKAGE = '(package)';
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** A type without what it is made of: `*store.Repo`, `List<Order>?` and `Repo[]` are `store.Repo`, `List` and `Repo`. */
export const plainName = (written: string): string =>
  written
    .replace(/^[\s*&[\]]+/, '')
    .replace(/[<[(?].*$/s, '')
    .trim();

/** What a generic type is of: `Order` of `Optional<Order>`. */
export const innerNames = (written: string): string[] => {
  const [, inner] = /^[\w.]+<(.+)>\??$/s.exec(written) ?? [];
  return inner?.split(/,(?![^<]*>)/).map((each) => each.trim()) ?? [];
};
