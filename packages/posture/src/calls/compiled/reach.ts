import type { PlainNode } from '@ringfence/code';
import { calledByContainers } from './called-by-containers.ts';
import type { Follower } from './follow.ts';
import { type CallShape, callOf, type Frame, givenTo } from './frame.ts';
import { type Member, PACKAGE, type ProgramType, plainName } from './program.ts';
import { type Argument, shapeOf } from './shape.ts';
import { lastName, modifiersOf, walk } from './walk.ts';

/** Types of the libraries whose members are called by nobody but the program. */
const harmless =
  /^(I?(Async)?Disposable|IEquatable|IComparable|\w*Exception|\w*Error|AutoCloseable|Closeable|Serializable|Comparable|Cloneable|Attribute|Enum|RequestHandler|RequestStreamHandler|JsonSerializerContext)\b/;

/** Servers and containers that find the program's classes by themselves. */
const finds =
  /^(MapControllers|AddControllers\w*|UseStartup|AddMediatR|RegisterServicesFromAssembl\w+|AddMassTransit|AddHostedService|getAwsProxyHandler|getHttpApiV2ProxyHandler)$/;
const finders =
  /^(SpringApplication|SpringBoot\w+|SpringLambdaContainerHandler|SpringBootLambdaContainerHandler|JerseyLambdaContainerHandler|ResourceConfig|AnnotationConfigApplicationContext|MicronautLambdaHandler|APIGateway\w*ProxyFunction|ApplicationLoadBalancerFunction|FunctionInvoker|SpringBootRequestHandler)$/;

/** What a container of Java asks for what it injects. */
const isModule = (type: ProgramType): boolean =>
  /@(Module|Configuration|Factory)\b/.test(modifiersOf(type.node)) ||
  type.supers.some((name) => /^(AbstractModule|PrivateModule)$/.test(plainName(name)));

interface VirtualCall {
  on: ProgramType;
  call: CallShape;
  frame: Frame;
}

/** What is called on something that is not known, or handed on without its arguments. */
interface UnknownCall {
  call: CallShape;
  frame: Frame;
  isNamed?: boolean;
}

/** Finds what may run from where a function starts: members that are called, of types that are made or named on the way. */
export class Reach {
  readonly #follower: Follower;
  readonly #touched = new Set<ProgramType>();
  readonly #queue: Member[] = [];
  readonly #virtual: VirtualCall[] = [];
  readonly #unknown: UnknownCall[] = [];
  readonly #memberNames: ReadonlySet<string>;
  /** What Lambda itself makes and calls. */
  readonly #entry: ProgramType | undefined;

  readonly #started: readonly string[];

  /** @param started what the environment names of several functions of one program */
  constructor(follower: Follower, entry?: ProgramType, started: readonly string[] = []) {
    this.#follower = follower;
    this.#entry = entry;
    this.#started = started;
    this.#memberNames = new Set(follower.types.all.flatMap(({ members }) => members.map(({ name }) => name)));
  }

  /** Follows all that starts here. `isFound`: a framework finds the program's classes by itself. */
  from(members: readonly Member[], entries: readonly ProgramType[], isFound = false): void {
    for (const type of entries) this.#touch(type);
    for (const member of members) this.#reach(member);
    this.#run();
    if (isFound || this.#isFound()) {
      const { types } = this.#follower;
      for (const type of types.all) this.#touch(type);
      for (const member of calledByContainers(types, this.#started)) this.#reach(member);
      this.#run();
    }
    this.#runUnknown();
  }

  /** What may be meant where it is not known on what it is called: whatever is called so. */
  #runUnknown(): void {
    const { reached, unsure } = this.#follower;
    const sure = new Set(reached);
    for (let before = -1; before !== this.#state(); ) {
      before = this.#state();
      for (const each of this.#unknown) this.#dispatchUnknown(each);
      this.#run();
    }
    for (const member of reached) if (!sure.has(member)) unsure.add(member);
  }

  /** Whether something that was come to finds the rest by itself. */
  #isFound(): boolean {
    const inherits = [...this.#touched].some(({ supers }) =>
      supers.some((name) => finders.test(plainName(name))),
    );
    return (
      inherits ||
      [...this.#follower.reached].some(({ bodies }) =>
        bodies.some((body) =>
          [...walk(body)].some((node) => {
            const shape = shapeOf(node);
            return (
              (shape.is === 'call' && finds.test(shape.name)) ||
              (/identifier$/.test(node.type) && finders.test(node.text))
            );
          }),
        ),
      )
    );
  }

  #run(): void {
    for (let before = -1; before !== this.#state(); ) {
      before = this.#state();
      for (let member = this.#queue.shift(); member; member = this.#queue.shift()) this.#look(member);
      for (const each of this.#virtual) this.#dispatch(each);
    }
  }

  #state = (): number => this.#follower.reached.size + this.#touched.size;

  #reach(member: Member): void {
    if (this.#follower.reached.has(member)) return;
    this.#follower.reached.add(member);
    this.#queue.push(member);
  }

  #touch(type: ProgramType): void {
    if (this.#touched.has(type)) return;
    this.#touched.add(type);
    const { types } = this.#follower;
    const supers = types.supersOf(type);
    for (const each of supers) this.#touch(each);
    const inherited = new Set(supers.flatMap(({ members }) => members.map(({ name }) => name)));
    const isGo = type.path.endsWith('.go');
    const isForeign =
      type !== this.#entry &&
      type.supers.some((name) => types.find(name, type.path).length === 0 && !harmless.test(plainName(name)));
    for (const member of type.members) {
      const { kind, isOverride, name } = member;
      const isCalledBack =
        kind === 'method' &&
        !inherited.has(name) &&
        (isGo ? isOverride : isForeign && (isOverride || type.path.endsWith('.cs')));
      const isProvider = member.isAnnotated === true && isModule(type);
      if (kind !== 'method' ? type.name !== PACKAGE || kind === 'initial' : isCalledBack || isProvider)
        this.#reach(member);
    }
    for (const declarations of type.fields.values())
      for (const { type: written } of declarations)
        if (written !== undefined && !isGo)
          for (const each of types.find(written, type.path)) if (!each.isInterface) this.#touch(each);
  }

  #callAt(member: Member, given: Argument[], frame: Frame): void {
    const sites = this.#follower.callSites.get(member) ?? [];
    if (!sites.some((site) => site.given === given)) sites.push({ given, frame });
    this.#follower.callSites.set(member, sites);
    this.#reach(member);
  }

  /** Overloads are told apart by how many arguments they take. */
  #callAll(members: readonly Member[], given: Argument[], frame: Frame): void {
    const like = members.filter(({ parameters }) => parameters.length === given.length);
    for (const member of like.length > 0 ? like : members) this.#callAt(member, given, frame);
  }

  #construct(type: ProgramType, given: Argument[], frame: Frame): void {
    this.#touch(type);
    this.#callAll(
      type.members.filter(({ kind }) => kind === 'constructor'),
      given,
      frame,
    );
  }

  #look(member: Member): void {
    const frame = { member };
    const { types } = this.#follower;
    for (const node of this.#follower.nodesOf(member)) {
      if (/identifier$/.test(node.type) && node.text !== '') {
        for (const type of types.find(node.text, member.path)) if (!type.isInterface) this.#touch(type);
        this.#touchModules(node.text, member.path);
      } else if (node.type === 'qualified_type') {
        for (const type of types.find(node.text, member.path)) this.#touch(type);
      }
      this.#lookAt(node, frame);
    }
    for (const written of [member.result ?? '', ...member.parameters.map(({ type = '' }) => type)])
      if (written !== '')
        for (const type of types.find(written, member.path)) if (!type.isInterface) this.#touch(type);
  }

  /** Dagger makes `DaggerApp` of a component `App`, which names its modules. */
  #touchModules(name: string, path: string): void {
    const [, component] = /^Dagger([A-Z]\w*)$/.exec(name) ?? [];
    if (component === undefined) return;
    const { types } = this.#follower;
    for (const each of types.find(component, path))
      for (const [, module = ''] of modifiersOf(each.node).matchAll(/(\w+)\.class/g))
        for (const type of types.find(module, path)) this.#touch(type);
  }

  #lookAt(node: PlainNode, frame: Frame): void {
    const { types } = this.#follower;
    const { owner, path } = frame.member;
    const shape = shapeOf(node);
    if (shape.is === 'call') this.#call(shape, frame);
    else if (shape.is === 'made' && shape.type !== undefined) {
      for (const type of types.find(shape.type, path)) this.#construct(type, shape.given, frame);
    } else if (shape.is === 'reference') {
      if (shape.name === 'new')
        for (const type of types.find(lastName(shape.object.text), path)) this.#construct(type, [], frame);
      else this.#named(shape.object, shape.name, frame, true);
    } else if (shape.is === 'member' && this.#memberNames.has(shape.name))
      this.#named(shape.object, shape.name, frame, frame.member.path.endsWith('.go'));
    else if (shape.is === 'name' && this.#memberNames.has(shape.name) && !frame.member.locals.has(shape.name))
      for (const member of this.#follower.targetsOf(callOf(shape.name), frame).members) this.#reach(member);
    if (/^(explicit_constructor_invocation|constructor_initializer|base_list)$/.test(node.type)) {
      const isOwn = /^\s*:?\s*this\b/.test(node.text) && node.type !== 'base_list';
      const list =
        node.children.find(({ type }) => type === 'argument_list') ??
        node.children.flatMap(({ children }) => children).find(({ type }) => type === 'argument_list');
      const given = (list?.children ?? []).map((each) => ({ value: each }));
      for (const type of isOwn ? [owner] : types.supersOf(owner).slice(0, 1))
        this.#construct(type, given, frame);
    }
  }

  /** A function of the program that is handed on: `lambda.Start(h.Handle)`, `this::save`. */
  #named(object: PlainNode, name: string, frame: Frame, isHandedOn = false): void {
    const call = callOf(name, object);
    const { members, on, isUnknown } = this.#follower.targetsOf(call, frame);
    for (const member of members) this.#reach(member);
    for (const type of on) this.#virtual.push({ on: type, call, frame });
    // A field of something foreign may be called like a method of the program.
    if (members.length === 0 && isUnknown && isHandedOn) this.#unknown.push({ call, frame, isNamed: true });
  }

  #call(call: CallShape, frame: Frame): void {
    if (!this.#memberNames.has(call.name)) return;
    const { members, on, isUnknown } = this.#follower.targetsOf(call, frame);
    const [first] = members;
    this.#callAll(members, first ? givenTo(first, call) : call.given, frame);
    for (const type of on) this.#virtual.push({ on: type, call, frame });
    if (members.length === 0 && isUnknown && call.object) this.#unknown.push({ call, frame });
  }

  #dispatchUnknown({ call, frame, isNamed }: UnknownCall): void {
    for (const { name, members } of this.#touched) {
      if (name === PACKAGE) continue;
      for (const each of members) {
        if (each.name !== call.name) continue;
        if (isNamed) this.#reach(each);
        else if (each.parameters.length === call.given.length) this.#callAt(each, call.given, frame);
      }
    }
  }

  /** What a call on a type may mean of those that stand in for it. */
  #dispatch({ on, call, frame }: VirtualCall): void {
    const { types } = this.#follower;
    const subtypes = types.subtypesOf(on);
    const made = subtypes.filter((each) => this.#touched.has(each) && !each.isInterface);
    // Something else puts it there.
    if (made.length === 0 && !this.#touched.has(on)) for (const each of subtypes) this.#touch(each);
    for (const type of made)
      this.#callAll(
        type.members.filter(({ name, kind }) => name === call.name && kind === 'method'),
        call.given,
        frame,
      );
  }
}
