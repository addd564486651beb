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

function classOf(types: ProgramTypes, full: string): ProgramType | undefined {
  const plain = full.split('$')[0] ?? full;
  const name = plain.split('.').at(-1) ?? '';
  const space = plain.slice(0, Math.max(0, plain.length - name.length - 1));
  const like = types.all.filter((type) => type.name === name);
  return like.find(({ namespace }) => namespace === space) ?? (like.length === 1 ? like[0] : undefined);
}

/** Where a function starts; all of its code, where that is not known. */
export function entriesOf(
  types: ProgramTypes,
  language: 'java' | 'go' | 'csharp',
  handler: string | undefined,
): { members: Member[]; entries: ProgramType[]; isLost?: boolean } {
  if (language === 'go') {
    const packages = types.all.filter(({ name }) => name === PACKAGE);
    const members = packages.flatMap(({ members: all }) =>
      all.filter(({ name, kind }) => kind === 'initial' || /^(main|init)$/.test(name)),
    );
    const isProgram = members.some(({ name }) => name === 'main');
    return { members: isProgram ? members : types.all.flatMap((type) => type.members), entries: packages };
  }
  const { full, method } = partsOf(handler ?? '');
  const own = classOf(types, full);
  const program = types.all.find(
    ({ name, members }) =>
      name === 'Program' &&
      members.some(({ bodies }) => bodies.some(({ type }) => type === 'global_statement')),
  );
  const starts = !own && program && handler !== undefined && !handler.includes('::') ? program : own;
  const everything = { members: types.all.flatMap(({ members }) => members), entries: types.all };
  if (!starts) return { ...everything, isLost: full !== '' && !ofFrameworks.test(full) };
  if (starts === program) {
    const main = starts.members;
    return { members: main, entries: [starts] };
  }
  const names = method === undefined ? ['handleRequest', 'Main'] : [method];
  const called = names.flatMap((name) => types.membersOf(starts, name));
  // What it inherits from elsewhere calls whatever it has.
  return { members: called.length > 0 ? called : starts.members, entries: [starts] };
}
