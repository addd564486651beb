import { isMembers, type Members } from '../graph/json.ts';
import { keepPlace, notePlace, type Place, placeOf } from '../template/place.ts';
import { known } from '../template/substitution.ts';
import { resolve, type Scope } from './resolve.ts';

const isLoop = (key: string) => key.startsWith('Fn::ForEach::');

/** Puts the item where the identifier stands: `${Name}`, `&{Name}` (letters and digits alone), or a Ref to it. */
function putIn(value: unknown, name: string, item: string, scope: Scope): unknown {
  const inText = (text: string) =>
    text.replaceAll(`\${${name}}`, item).replaceAll(`&{${name}}`, item.replaceAll(/[^A-Za-z0-9]/g, ''));
  const walk = (part: unknown): unknown => {
    scope.spend(1, value);
    if (typeof part === 'string') return inText(part);
    if (Array.isArray(part)) return keepPlace(part, part.map(walk));
    if (!isMembers(part)) return part;
    if (part.Ref === name && Object.keys(part).length === 1) return item;
    return keepNamed(
      part,
      Object.entries(part).map(([key, member]) => [inText(key), walk(member), placeOf(part, key)]),
    );
  };
  return walk(value);
}

/** An object of these members, which stands where the other does. */
function keepNamed(
  original: object,
  members: [key: string, value: unknown, place: Place | undefined][],
): Members {
  const made = Object.fromEntries(members);
  const own = placeOf(original);
  if (own) notePlace(made, own, new Map(members.flatMap(([key, , place]) => (place ? [[key, place]] : []))));
  return made;
}

/** What a loop stands for; undefined where its items are not known. */
function repeat(loop: unknown, scope: Scope): Members[] | undefined {
  const [name, collection, body] = Array.isArray(loop) ? loop : [];
  const items = resolve(collection, scope);
  if (typeof name !== 'string' || !Array.isArray(items) || !isMembers(body)) return undefined;
  const texts = items.map((item) => (typeof item === 'string' ? known(item) : String(item)));
  return texts.every((text) => text !== undefined)
    ? texts.map((text) => putIn(body, name, text, scope) as Members)
    : undefined;
}

/** Puts what the loops of AWS::LanguageExtensions (`Fn::ForEach`) stand for in their place. Those whose items are not known stay. */
export function expandLoops(value: unknown, scope: Scope): unknown {
  scope.spend(1, value);
  if (Array.isArray(value))
    return keepPlace(
      value,
      value.map((item) => expandLoops(item, scope)),
    );
  if (!isMembers(value)) return value;
  return keepNamed(
    value,
    Object.entries(value).flatMap(([key, member]): [string, unknown, Place | undefined][] => {
      const repeated = isLoop(key) ? repeat(member, scope) : undefined;
      if (!repeated) return [[key, isLoop(key) ? member : expandLoops(member, scope), placeOf(value, key)]];
      return repeated.flatMap((body) =>
        Object.entries(expandLoops(body, scope) as Members).map(
          ([own, of]): [string, unknown, Place | undefined] => [own, of, placeOf(body, own)],
        ),
      );
    }),
  );
}
