import { type Member, type ProgramType, type ProgramTypes, plainName } from './program.ts';
import { modifiersOf } from './walk.ts';

const functional = /^(java\.util\.function\.)?(Bi)?(Function|Consumer|Supplier)$/;
const handler = /^Request(Stream)?Handler$/;
const beanName = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const isFunction = ({ name, result = '', kind, owner }: Member): boolean =>
  kind === 'method' &&
  (functional.test(plainName(result)) ||
    (/^(apply|accept|get)$/.test(name) && owner.supers.some((each) => functional.test(plainName(each)))) ||
    (name === 'handleRequest' && owner.supers.some((each) => handler.test(plainName(each)))));

/** By `@Named("orders")`. */
const givenName = ({ node }: ProgramType): string | undefined =>
  /@Named\s*\(\s*"([^"]+)"/.exec(modifiersOf(node))?.[1];

/** The name by which a container knows a function: of the method that makes it, or of its class. */
const nameOf = ({ name, result = '', owner }: Member): string =>
  functional.test(plainName(result)) ? name : (givenName(owner) ?? beanName(owner.name));

/**
 * What servers and containers call by themselves: what has annotations, and what stands in for members of types that are none of the program's.
 * @param started names of the functions that are started, of several; none where that is not told
 */
export function calledByContainers(types: ProgramTypes, started: readonly string[]): Member[] {
  const members = types.all.flatMap((type) => {
    const isForeign = type.supers.some((name) => types.find(name, type.path).length === 0);
    const own = new Set(types.supersOf(type).flatMap((each) => each.members.map(({ name }) => name)));
    return type.members.filter(
      ({ name, isAnnotated, isOverride }) =>
        isAnnotated === true || name === 'main' || (isOverride && isForeign && !own.has(name)),
    );
  });
  const functions = members.filter(isFunction);
  const chosen = functions.filter((member) => started.includes(nameOf(member)));
  return chosen.length === 0 ? members : members.filter((each) => !isFunction(each) || chosen.includes(each));
}
