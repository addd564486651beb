import type { PlainNode } from '@ringfence/code';
import { hole, literal } from '../../template/substitution.ts';
import { boundTo, type CallShape, type Frame, givenTo, type Place, type Typed } from './frame.ts';
import { joined, union } from './join-texts.ts';
import { knownText } from './known-texts.ts';
import { mapEntries } from './map-entries.ts';
import {
  type Declaration,
  folderOf,
  innerNames,
  type Member,
  PACKAGE,
  type ProgramType,
  type ProgramTypes,
  plainName,
} from './program.ts';
import { mappedType, resultType } from './result-types.ts';
import { itemsOf, returned } from './returned.ts';
import { type Argument, isBuilding, type Shape, shapeOf } from './shape.ts';
import { walk } from './walk.ts';
import { itemTypes, unique, unwrapped } from './written-types.ts';

const unknown = hole('?');
const DEEPEST = 14;
/** Expressions that are looked at for one function. */
/** Objects of one kind that are told apart. */
const MOST_SELVES = 8;
const MOST_STEPS = 300_000;

const isNamed =
  (full: string) =>
  (type: ProgramType): boolean =>
    full === `${type.namespace}.${type.name}`;

/** What was found, by where it was looked for. */
type Known<T> = WeakMap<Frame, Map<PlainNode, { depth: number; found: T }>>;

/** Follows values and types from where they are used to where they come from. */
export class Follower {
  readonly types: ProgramTypes;
  /** What members are called with, as far as they are reached. */
  readonly callSites = new Map<Member, { given: Argument[]; frame: Frame }[]>();
  /** What is set of a type's fields when it is made elsewhere, or later. */
  readonly reached = new Set<Member>();
  /** Those of them that may run, where it is not known what is called. */
  readonly unsure = new Set<Member>();
  /** What does not run with the function's environment. */
  unreached: ReadonlySet<PlainNode> = new Set();
  #steps = 0;
  readonly #texts: Known<string[]> = new WeakMap();
  readonly #definitions: Known<Place[]> = new WeakMap();
  readonly #typed: Known<Typed[]> = new WeakMap();

  constructor(types: ProgramTypes) {
    this.types = types;
  }

  /** Whether the program was too much to be followed whole. */
  get isPartial(): boolean {
    return this.#steps > MOST_STEPS;
  }

  /** All that is in a member and may run. */
  *nodesOf({ bodies }: Member): Generator<PlainNode> {
    for (const body of bodies) yield* walk(body, this.unreached);
  }

  /** All that is in the program, each with the member that it stands in. */
  *everyNode(): Generator<[PlainNode, Member]> {
    for (const { members } of this.types.all)
      for (const member of members) for (const node of this.nodesOf(member)) yield [node, member];
  }

  /** What was found in a frame by one that looked at least as far. Long chains of calls come to the same expressions again and again. */
  #once<T>(known: Known<T>, node: PlainNode, frame: Frame, depth: number, find: () => T): T {
    const ofFrame = known.get(frame) ?? new Map<PlainNode, { depth: number; found: T }>();
    known.set(frame, ofFrame);
    const before = ofFrame.get(node);
    if (before && before.depth <= depth) return before.found;
    const found = find();
    ofFrame.set(node, { depth, found });
    return found;
  }

  /** The texts that an expression may be, in the Fn::Sub form: `${?}` for what is not known; none for what is no value. */
  textsOf(node: PlainNode, frame: Frame, depth = 0): string[] {
    return this.#once(this.#texts, node, frame, depth, () => this.#findTexts(node, frame, depth));
  }

  #findTexts(node: PlainNode, frame: Frame, depth: number): string[] {
    if (depth > DEEPEST || ++this.#steps > MOST_STEPS) return [unknown];
    const shape = shapeOf(node);
    const inside = (each: PlainNode) => this.textsOf(each, frame, depth + 1);
    switch (shape.is) {
      case 'text':
        return [literal(shape.text)];
      case 'nothing':
        return [];
      case 'same':
        return inside(shape.value);
      case 'either':
        return union(shape.options.map(inside));
      case 'join':
        return joined(shape.parts.map(inside));
      case 'name':
        return this.#textsOfName(shape.name, frame, depth);
      case 'member':
      case 'element':
      case 'call':
      case 'made': {
        if (shape.is === 'member') return this.#textsOfMember(shape.object, shape.name, frame, depth);
        const own = shape.is === 'call' ? this.#textsOfCall(shape, frame, depth) : undefined;
        return own ?? knownText(shape, inside) ?? this.#textsOfEntry(shape, frame, depth) ?? [unknown];
      }
      default:
        return node.type === 'environment' ? [hole(`env:${node.text}`)] : [unknown];
    }
  }

  /** What a map that is written out has for a key: `tables["orders"]`, `TABLES.get("orders")`. */
  #textsOfEntry(shape: Shape, frame: Frame, depth: number): string[] | undefined {
    const asked =
      shape.is === 'element'
        ? { map: shape.object, key: shape.index }
        : shape.is === 'call' && /^(get|getOrDefault|GetValueOrDefault)$/.test(shape.name)
          ? { map: shape.object, key: shape.given[0]?.value }
          : undefined;
    if (!asked?.map || !asked.key) return undefined;
    const wanted = this.textsOf(asked.key, frame, depth + 1);
    const found = this.definitionsOf(asked.map, frame, depth + 1).flatMap((place) =>
      mapEntries(place.node).flatMap(({ key, value }) =>
        this.textsOf(key, place.frame, depth + 1).some((text) => wanted.includes(text) && text !== unknown)
          ? [this.textsOf(value, place.frame, depth + 1)]
          : [],
      ),
    );
    return found.length === 0 ? undefined : union(found);
  }

  #textsOfName(name: string, frame: Frame, depth: number): string[] {
    const bound =
      frame.bound?.get(name) ?? (frame.member.locals.has(name) ? undefined : this.#setIn(frame.self, name));
    if (bound) return this.textsOf(bound.node, bound.frame, depth + 1);
    const declarations = this.declarationsOf(name, frame);
    if (declarations === undefined) return [unknown];
    return this.#textsOfDeclarations(declarations, frame, depth);
  }

  #textsOfDeclarations(declarations: readonly Declaration[], frame: Frame, depth: number): string[] {
    return union(
      declarations.map((declaration) => {
        const { value, member, place, isItem } = declaration;
        if (!value) return [];
        const inside = this.#frameOf(member, frame);
        const shape = shapeOf(value);
        if (isItem) {
          const items = itemsOf(shape);
          return items.length > 0
            ? union(items.map((item) => this.textsOf(item, inside, depth + 1)))
            : [unknown];
        }
        if (place !== undefined) {
          if (shape.is !== 'call') return [unknown];
          const known = knownText(shape, (each) => this.textsOf(each, inside, depth + 1));
          return (
            this.#textsOfCall(shape, inside, depth, place) ?? (place === 0 ? known : undefined) ?? [unknown]
          );
        }
        return this.textsOf(value, inside, depth + 1);
      }),
    );
  }

  /** What one of the program's own members gives back. */
  #textsOfCall(call: CallShape, frame: Frame, depth: number, place = 0): string[] | undefined {
    const returned = this.returnsOf(call, frame, place);
    if (returned.length > 0)
      return union(returned.map((each) => this.textsOf(each.node, each.frame, depth + 1)));
    if (!call.object || call.given.length > 0) return undefined;
    // What a record or a tool has made: `config.table()`, `config.getTable()`.
    const [, first = '', rest = ''] = /^(?:get)?(\w)(\w*)$/.exec(call.name) ?? [];
    const names = [call.name, first.toLowerCase() + rest];
    const on = this.programTypesOf(call.object, frame, depth + 1);
    const object = call.object;
    for (const name of names) {
      const known = this.#textsOfSelves(object, name, frame, depth);
      if (known) return known;
    }
    const fields = names.flatMap((name) => on.flatMap((type) => this.types.fieldsOf(type, name)));
    return fields.length === 0 ? undefined : this.#textsOfDeclarations(this.#live(fields), frame, depth + 1);
  }

  /** A field's texts, where it is known what makes the object. */
  #textsOfSelves(object: PlainNode, name: string, frame: Frame, depth: number): string[] | undefined {
    const selves = this.selvesOf(object, frame, depth + 1);
    if (selves.length === 0) return undefined;
    const texts = selves.map((self) => {
      const set = this.#setIn(self, name);
      if (set) return this.textsOf(set.node, set.frame, depth + 1);
      const declared = this.#live(this.#typesOfSelf(self).flatMap((type) => this.types.fieldsOf(type, name)));
      return declared.length === 0
        ? undefined
        : this.#textsOfDeclarations(declared, { member: self.frame.member, self }, depth + 1);
    });
    const known = texts.filter((each) => each !== undefined);
    return known.length === texts.length ? union(known) : undefined;
  }

  #textsOfMember(object: PlainNode, name: string, frame: Frame, depth: number): string[] {
    const known = this.#textsOfSelves(object, name, frame, depth);
    if (known) return known;
    const found = this.#fieldsOn(object, name, frame, depth);
    if (found.length > 0) return this.#textsOfDeclarations(found, frame, depth);
    // A pointer's, a nullable's, options' own value.
    return name === 'Value' ? this.textsOf(object, frame, depth + 1) : [unknown];
  }

  /** Fields `object.name` may mean. */
  #fieldsOn(object: PlainNode, name: string, frame: Frame, depth: number): Declaration[] {
    const shape = shapeOf(object);
    const { path, owner } = frame.member;
    if (shape.is === 'this') return this.#live(this.types.fieldsOf(owner, name));
    if (shape.is === 'name' && !this.declarationsOf(shape.name, frame)) {
      const inPackage = path.endsWith('.go') ? this.types.packageOf(shape.name, path) : undefined;
      if (inPackage) return this.#live(inPackage.fields.get(name) ?? []);
    }
    return this.#live(
      this.programTypesOf(object, frame, depth).flatMap((type) => this.types.fieldsOf(type, name)),
    );
  }

  /** What is set where nobody comes is not set. */
  #live = (declarations: readonly Declaration[]): Declaration[] =>
    declarations.filter(
      ({ member }) => member.kind === 'initial' || this.reached.size === 0 || this.reached.has(member),
    );

  /** What a name was declared as: a variable, a parameter with what it is given, or a field. Undefined: it is none of these. */
  declarationsOf(name: string, frame: Frame): Declaration[] | undefined {
    const { member } = frame;
    const locals = member.locals.get(name);
    if (locals) {
      const index = member.parameters.findIndex((parameter) => parameter.name === name);
      return index < 0 ? locals : [...locals, ...this.#givenFor(member, index, frame.self)];
    }
    const fields = this.#live(this.types.fieldsOf(member.owner, name));
    if (fields.length > 0) return fields;
    const { path } = member;
    if (path.endsWith('.go')) {
      const own = this.types.all.find((type) => type.name === PACKAGE && type.namespace === folderOf(path));
      const found = own?.fields.get(name);
      return found && this.#live(found);
    }
    // Constants that a file imports by name.
    const imports = this.types.imports.get(path);
    const from = imports?.get(name);
    // Java: import static app.Settings.*
    const whole = [...(imports?.keys() ?? [])].flatMap((key) =>
      key.startsWith('*') ? this.types.find(key.slice(1), path).filter(isNamed(key.slice(1))) : [],
    );
    const outer = from === undefined ? whole : this.types.find(from, path);
    const imported = outer.flatMap((type) => this.types.fieldsOf(type, name));
    return imported.length > 0 ? imported : undefined;
  }

  /** Whether an expression is the object that its member is called on. */
  isSelf(node: PlainNode, { member }: Frame): boolean {
    const shape = shapeOf(node);
    return shape.is === 'this' || (shape.is === 'name' && shape.name === member.receiver);
  }

  /** What makes an object of the program, where that is known of all that it may be. */
  selvesOf(object: PlainNode, frame: Frame, depth = 0): Place[] {
    if (this.isSelf(object, frame)) return frame.self ? [frame.self] : [];
    const made = this.definitionsOf(object, frame, depth + 1);
    return made.every((place) => this.#typesOfSelf(place).length > 0) ? made.slice(0, MOST_SELVES) : [];
  }

  /** Whether what is made there is an object of a type, or of one that is made from it. */
  isObjectOf(self: Place, owner: ProgramType): boolean {
    return this.#typesOfSelf(self).some(
      (type) => type === owner || this.types.supersOf(type).includes(owner),
    );
  }

  #typesOfSelf({ node, frame }: Place): ProgramType[] {
    const shape = shapeOf(node);
    return shape.is === 'made' && shape.type !== undefined
      ? this.types.find(shape.type, frame.member.path)
      : [];
  }

  /** What an object gets for a field when it is made. */
  #setIn(self: Place | undefined, name: string): Place | undefined {
    const shape = self && shapeOf(self.node);
    if (!self || shape?.is !== 'made') return undefined;
    const [type] = self.node.type === 'composite_literal' ? this.#typesOfSelf(self) : [];
    const inOrder = type && shape.given[[...type.fields.keys()].indexOf(name)];
    const set = inOrder ?? shape.sets.find((each) => each.name === name);
    return set && { node: set.value, frame: self.frame };
  }

  /** Where a declaration is looked at, for the same object. */
  #frameOf(member: Member, frame: Frame): Frame {
    if (member === frame.member) return frame;
    const { self } = frame;
    const types = self ? this.#typesOfSelf(self) : [];
    if (!self || !this.isObjectOf(self, member.owner)) return { member };
    const shape = shapeOf(self.node);
    const isOwn =
      member.kind === 'constructor' &&
      types.includes(member.owner) &&
      shape.is === 'made' &&
      shape.given.length === member.parameters.length;
    return { member, self, ...(isOwn && { bound: boundTo(member, shape.given, self.frame) }) };
  }

  #givenFor(member: Member, index: number, self: Place | undefined): Declaration[] {
    const parameter = member.parameters[index];
    if (!parameter) return [];
    const { name, type, value } = parameter;
    const declared: Declaration[] = [
      { member, ...(type !== undefined && { type }), ...(value && { value }) },
    ];
    const all = this.callSites.get(member) ?? [];
    // A constructor of what the object is made from.
    const types = self && member.kind === 'constructor' ? this.#typesOfSelf(self) : [];
    const family = new Set(types.flatMap((each) => [each, ...this.types.supersOf(each)]));
    const own = all.filter(
      ({ frame }) => frame.member.kind === 'constructor' && family.has(frame.member.owner),
    );
    for (const { given, frame } of own.length > 0 ? own : all) {
      const named = given.find((each) => each.name === name) ?? given[index];
      if (named) declared.push({ value: named.value, member: frame.member });
    }
    return declared;
  }

  /** The members of the program that a call may mean; undefined where what it is called on is none of the program's. */
  targetsOf(call: CallShape, frame: Frame): { members: Member[]; on: ProgramType[]; isUnknown: boolean } {
    const { owner, path } = frame.member;
    const { object, name } = call;
    if (!object || shapeOf(object).is === 'this') {
      for (const type of frame.self ? this.#typesOfSelf(frame.self) : []) {
        const own = this.types.membersOf(type, name);
        if (own.length > 0) return { members: own, on: [type], isUnknown: false };
      }
      for (let each: ProgramType | undefined = owner; each; each = each.outer) {
        const own = this.types.membersOf(each, name);
        if (own.length > 0) return { members: own, on: [each], isUnknown: false };
      }
      if (path.endsWith('.go')) {
        const own = this.types.all.find((type) => type.name === PACKAGE && type.namespace === folderOf(path));
        return { members: own ? this.types.membersOf(own, name) : [], on: [], isUnknown: false };
      }
      const from = this.types.imports.get(path)?.get(name);
      const imported = (from === undefined ? [] : this.types.find(from, path)).flatMap((type) =>
        this.types.membersOf(type, name),
      );
      return { members: imported, on: [], isUnknown: false };
    }
    const shape = shapeOf(object);
    if (shape.is === 'name' && path.endsWith('.go') && !this.declarationsOf(shape.name, frame)) {
      const other = this.types.packageOf(shape.name, path);
      if (other) return { members: this.types.membersOf(other, name), on: [], isUnknown: false };
      if (this.types.imports.get(path)?.has(shape.name)) return { members: [], on: [], isUnknown: false };
    }
    const written = this.typesOf(object, frame);
    const on = written.flatMap((each) => this.types.find(each.written, each.path));
    const own = on.flatMap((type) => this.types.membersOf(type, name));
    const extensions = own.length > 0 || !path.endsWith('.cs') ? [] : this.types.extensionsOf(name);
    if (extensions.length > 0) return { members: extensions, on: [], isUnknown: false };
    return {
      members: own,
      on,
      // A type that whoever calls it chooses.
      isUnknown: on.length === 0 && written.every((each) => /^T([A-Z]\w*)?$/.test(plainName(each.written))),
    };
  }

  /** What a call of the program's own members gives back, with what they are given. */
  returnsOf(call: CallShape, frame: Frame, place = 0, depth = 0): Place[] {
    const { members } = this.targetsOf(call, frame);
    if (members.length === 0) return [];
    const isOwn = !call.object || this.isSelf(call.object, frame);
    const selves = isOwn ? [frame.self] : call.object ? this.selvesOf(call.object, frame, depth + 1) : [];
    return (selves.length > 0 ? selves : [undefined]).flatMap((self) => {
      const own = self
        ? this.#typesOfSelf(self).flatMap((type) => this.types.membersOf(type, call.name))
        : [];
      const all = own.length > 0 ? own : [...members, ...this.overridesOf(members)];
      const like = all.filter((each) => each.parameters.length === givenTo(each, call).length);
      return (like.length > 0 ? like : all).flatMap((member) => {
        const bound = boundTo(member, givenTo(member, call), frame);
        const known = self && this.isObjectOf(self, member.owner) ? { self } : {};
        return returned(member, place).map((node) => ({ node, frame: { member, bound, ...known } }));
      });
    });
  }

  /** Members that stand in for others, of those that may run. */
  overridesOf(members: readonly Member[]): Member[] {
    return members.flatMap(({ owner, name }) =>
      this.types
        .subtypesOf(owner)
        .flatMap((type) => type.members.filter((each) => each.name === name && this.reached.has(each))),
    );
  }

  /** The expressions that make what an expression is. */
  definitionsOf(node: PlainNode, frame: Frame, depth = 0): Place[] {
    return this.#once(this.#definitions, node, frame, depth, () => this.#findDefinitions(node, frame, depth));
  }

  #findDefinitions(node: PlainNode, frame: Frame, depth: number): Place[] {
    if (depth > DEEPEST || ++this.#steps > MOST_STEPS) return [];
    const shape = shapeOf(node);
    const ofDeclarations = (declarations: readonly Declaration[]) =>
      declarations.flatMap(({ value, member }) =>
        value && value !== node ? this.definitionsOf(value, this.#frameOf(member, frame), depth + 1) : [],
      );
    switch (shape.is) {
      case 'same':
        return this.definitionsOf(shape.value, frame, depth + 1);
      case 'either':
        return shape.options.flatMap((option) => this.definitionsOf(option, frame, depth + 1));
      case 'name': {
        const bound =
          frame.bound?.get(shape.name) ??
          (frame.member.locals.has(shape.name) ? undefined : this.#setIn(frame.self, shape.name));
        if (bound) return this.definitionsOf(bound.node, bound.frame, depth + 1);
        return ofDeclarations(this.declarationsOf(shape.name, frame) ?? []);
      }
      case 'member': {
        const sets = this.selvesOf(shape.object, frame, depth + 1).map((self) =>
          this.#setIn(self, shape.name),
        );
        const known = sets.filter((set) => set !== undefined);
        if (known.length > 0 && known.length === sets.length)
          return known.flatMap((set) => this.definitionsOf(set.node, set.frame, depth + 1));
        const fields = this.#fieldsOn(shape.object, shape.name, frame, depth);
        return fields.length > 0 ? ofDeclarations(fields) : [{ node, frame }];
      }
      case 'call': {
        const returned = this.returnsOf(shape, frame, 0, depth);
        if (returned.length > 0)
          return returned.flatMap((each) => this.definitionsOf(each.node, each.frame, depth + 1));
        return [{ node, frame }];
      }
      case 'nothing':
        return [];
      default:
        return [{ node, frame }];
    }
  }

  programTypesOf(node: PlainNode, frame: Frame, depth = 0): ProgramType[] {
    return [
      ...new Set(
        this.typesOf(node, frame, depth).flatMap(({ written, path }) => this.types.find(written, path)),
      ),
    ];
  }

  /** The types that an expression may be of; none where that is not known. */
  typesOf(node: PlainNode, frame: Frame, depth = 0): Typed[] {
    return this.#once(this.#typed, node, frame, depth, () =>
      this.#findTypes(node, frame, depth).flatMap((typed) => this.#argumentsFor(typed, frame)),
    );
  }

  /** What stands for a parameter of a generic type: what those that are made from it, and may run, give for it. */
  #argumentsFor(typed: Typed, { member: { owner }, self }: Frame): Typed[] {
    const index = owner.typeParameters?.indexOf(plainName(typed.written)) ?? -1;
    if (index < 0) return [typed];
    const subtypes = self
      ? this.#typesOfSelf(self)
      : this.types
          .subtypesOf(owner)
          .filter(({ members }) => this.reached.size === 0 || members.some((each) => this.reached.has(each)));
    const given = subtypes.flatMap(({ supers, path }) =>
      supers
        .filter((each) => plainName(each) === owner.name)
        .flatMap((each) => innerNames(each)[index] ?? [])
        .map((written) => ({ written, path })),
    );
    return given.length > 0 ? given : [typed];
  }

  #findTypes(node: PlainNode, frame: Frame, depth: number): Typed[] {
    if (depth > DEEPEST || ++this.#steps > MOST_STEPS) return [];
    const shape = shapeOf(node);
    const { member } = frame;
    const { path } = member;
    switch (shape.is) {
      case 'same':
        return this.typesOf(shape.value, frame, depth + 1);
      case 'either':
        return shape.options.flatMap((option) => this.typesOf(option, frame, depth + 1));
      case 'this':
        return [{ written: member.owner.name, path: member.owner.path }];
      case 'made':
        return shape.type === undefined ? [] : [{ written: shape.type, path }];
      case 'text':
      case 'join':
        return [{ written: 'String', path }];
      case 'name': {
        const bound = frame.bound?.get(shape.name);
        if (bound) return this.typesOf(bound.node, bound.frame, depth + 1);
        const declarations = this.declarationsOf(shape.name, frame);
        if (declarations) return this.#typesOfDeclarations(declarations, frame, depth);
        // A class on whose own members something is called.
        return /^[A-Z]/.test(shape.name) && !path.endsWith('.go') ? [{ written: shape.name, path }] : [];
      }
      case 'member': {
        const fields = this.#fieldsOn(shape.object, shape.name, frame, depth + 1);
        if (fields.length > 0) return this.#typesOfDeclarations(fields, frame, depth);
        const on = this.typesOf(shape.object, frame, depth + 1);
        if (/^(Current)?Value$/.test(shape.name))
          return on.flatMap((each) =>
            innerNames(each.written).map((written) => ({ written, path: each.path })),
          );
        const made = on.flatMap((each) => resultType(plainName(each.written), shape.name) ?? []);
        if (made.length > 0) return made.map((written) => ({ written, path }));
        return on.length === 0 && /^[A-Z]/.test(shape.name) && !path.endsWith('.go')
          ? [{ written: shape.name, path }]
          : [];
      }
      case 'call':
        return this.#typesOfCall(shape, frame, depth);
      default:
        return [];
    }
  }

  #typesOfDeclarations(declarations: readonly Declaration[], frame: Frame, depth: number): Typed[] {
    const typed = declarations.flatMap(({ type, member }) =>
      type === undefined || /^(var|dynamic|T)$/.test(type) ? [] : [{ written: type, path: member.path }],
    );
    const isOpen =
      typed.length === 0 ||
      typed.some((each) => this.types.find(each.written, each.path).some(({ isInterface }) => isInterface));
    if (!isOpen) return unique(typed.slice(0, 1));
    const made = declarations.flatMap(({ value, member, place, isItem }) => {
      if (!value) return [];
      const inside = member === frame.member ? frame : { member };
      const shape = shapeOf(value);
      if (place !== undefined && shape.is === 'call')
        return this.#typesOfCall(shape, inside, depth + 1, place);
      const types = this.typesOf(value, inside, depth + 1);
      return isItem ? types.flatMap((each) => itemTypes(each)) : types;
    });
    // What is behind an interface may be seen, and the interface is what it is declared as.
    return unique([...typed, ...made]);
  }

  #typesOfCall(call: CallShape, frame: Frame, depth: number, place = 0): Typed[] {
    const { members } = this.targetsOf(call, frame);
    const { path } = frame.member;
    if (members.length > 0) {
      const results = members.flatMap((member) => {
        const result = member.path.endsWith('.go')
          ? member.result?.split(/,(?![^(]*\))/)[place]
          : member.result;
        const plain = result === undefined ? [] : [unwrapped(result)];
        const isOpen = plain.some((written) =>
          this.types.find(written, member.path).some(({ isInterface }) => isInterface),
        );
        const inner = isOpen
          ? returned(member, place).flatMap((node) => this.typesOf(node, { member }, depth + 2))
          : [];
        return [...plain.map((written) => ({ written, path: member.path })), ...inner];
      });
      return unique(results);
    }
    // C#: GetRequiredService<IAmazonS3>()
    const [asked] = call.generics;
    if (asked !== undefined && /^Get\w*Service$/.test(call.name)) return [{ written: asked, path }];
    if (!call.object) return [];
    // Java: injector.getInstance(Orders.class)
    const [, named] = /^(\w+)\.class$/.exec(call.given[0]?.value.text ?? '') ?? [];
    if (named !== undefined && /^(get(Instance|Bean|Service)?|lookup|resolve|select)$/.test(call.name))
      return [{ written: named, path }];
    const on = this.typesOf(call.object, frame, depth + 1);
    return unique(
      on.flatMap((each) => {
        const inner = innerNames(each.written);
        if (/^(get|orElse\w*|Value|GetRequiredService|GetService)$/.test(call.name) && inner.length > 0)
          return [{ written: inner.at(-1) ?? '', path: each.path }];
        const mapped = mappedType(each.written, call);
        if (mapped !== undefined) return [{ written: mapped, path }];
        if (call.object && isBuilding(call.object)) return [each];
        const known = resultType(plainName(each.written), call.name);
        return known === undefined ? [] : [{ written: known, path }];
      }),
    );
  }
}
