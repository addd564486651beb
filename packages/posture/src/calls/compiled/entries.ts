import { type Member, PACKAGE, type ProgramType, type ProgramTypes } from './program.ts';

/** The class and the method of `pkg.Handler::handleRequest`, and of `Assembly::Namespace.Function::Handler`. */
function partsOf(handler: string): { full: string; method: string | undefined } {
  const parts = handler.split('::');
  const [full = '', method] = parts.length === 3 ? parts.slice(1) : parts;
  // What Amazon.Lambda.Annotations makes of `Functions.Get`.
  const [, made, of] = /^(.+)_(\w+)_Generated$/.exec(full) ?? [];
  return made === undefined ? { full, method } : { full: made, method: method ?? of };
}

/** Handlers of frameworks, which find the program's own code by themselves. */
const ofFrameworks =
  /^(org\.springframework|io\.quarkus|io\.micronaut|com\.amazonaws\.serverless|com\.amazonaws\.services\.lambda|io\.helidon|org\.apache\.camel|Amazon\.Lambda)\./;

/** The class of `app.Orders`, and of `app.Orders$Put`, which stands in another; of .NET by `Orders+Put`. */
function classOf(types: ProgramTypes, full: string): ProgramType | undefined {
  const [plain = '', ...inner] = full.split(/[$+]/);
  const name = plain.split('.').at(-1) ?? '';
  const space = plain.slice(0, Math.max(0, plain.length - name.length - 1));
  const like = types.all.filter((type) => type.name === name);
  const outer =
    like.find(({ namespace }) => namespace === space) ?? (like.length === 1 ? like[0] : undefined);
  return inner.reduce<ProgramType | undefined>(
    (of, each) => of && types.all.find((type) => type.name === each && type.outer === of),
    outer,
  );
}

/** C#: what holds the statements outside of all types, or the program's `Main`. */
const programIn = ({ all }: ProgramTypes): ProgramType | undefined =>
  all.find(({ members }) =>
    members.some(({ bodies }) => bodies.some(({ type }) => type === 'global_statement')),
  ) ?? all.find(({ members, path }) => !path.startsWith('..') && members.some(({ name }) => name === 'Main'));

/** What Amazon.Lambda.Annotations starts first. */
const isStartup = ({ node }: ProgramType): boolean =>
  node?.children.some(({ type, text }) => type === 'attribute_list' && /\bLambdaStartup\b/.test(text)) ??
  false;

function withStartup({ all }: ProgramTypes, members: Member[], entry = members[0]?.owner): Start {
  const startups = members.some(({ isAnnotated }) => isAnnotated) ? all.filter(isStartup) : [];
  return {
    members: [...members, ...startups.flatMap((type) => type.members)],
    entries: [...(entry ? [entry] : []), ...startups],
  };
}

interface Start {
  members: Member[];
  entries: ProgramType[];
  /** Whether it is known where it starts, but not there. */
  isLost?: boolean;
  /** Whether a framework starts it, which finds the program's classes by itself. */
  isFound?: boolean;
}

/**
 * Where a function starts; all of its code, where that is not known.
 * @param started what its environment names of several parts of one program
 */
export function entriesOf(
  types: ProgramTypes,
  language: 'java' | 'go' | 'csharp',
  handler: string | undefined,
  started: readonly string[] = [],
): Start {
  if (language === 'go') {
    const packages = types.all.filter(({ name }) => name === PACKAGE);
    const members = packages.flatMap(({ members: all }) =>
      all.filter(({ name, kind }) => kind === 'initial' || /^(main|init)$/.test(name)),
    );
    const isProgram = members.some(({ name }) => name === 'main');
    return { members: isProgram ? members : types.all.flatMap((type) => type.members), entries: packages };
  }
  const { full, method } = partsOf(handler ?? '');
  // C#: the handler is an assembly that starts by itself.
  const isProgram = language === 'csharp' && handler !== undefined && !handler.includes('::');
  // What Amazon.Lambda.Annotations makes a `Main` for.
  const named = types.all
    .flatMap(({ members }) => members)
    .filter(({ name, isAnnotated }) => isAnnotated === true && started.includes(name));
  if (isProgram && named.length > 0) return withStartup(types, named);
  const starts = isProgram ? programIn(types) : classOf(types, full);
  if (!starts && ofFrameworks.test(full)) return { members: [], entries: [], isFound: true };
  if (!starts)
    return {
      members: types.all.flatMap(({ members }) => members),
      entries: types.all,
      isLost: full !== '',
    };
  const name = isProgram ? 'Main' : (method ?? 'handleRequest');
  const called = types.membersOf(starts, name);
  // What it inherits from elsewhere calls whatever it has.
  return withStartup(types, called.length > 0 ? called : starts.members, starts);
}
