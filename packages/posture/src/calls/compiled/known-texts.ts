import type { PlainNode } from '@ringfence/code';
import { hole } from '../../template/substitution.ts';
import { joined, union } from './join-texts.ts';
import { type Shape, shapeOf } from './shape.ts';
import { fieldOf, lastName } from './walk.ts';

type Texts = (node: PlainNode) => string[];

const variable = (names: readonly string[]): string[] =>
  names.map((name) => (/^\w+$/.test(name) ? hole(`env:${name}`) : hole('?')));

/** What formatting puts together: `%s` of Java and Go, `{0}` of C#. */
function formatted([format, ...given]: PlainNode[], textsOf: Texts): string[] {
  if (!format) return [hole('?')];
  return union(
    textsOf(format).map((text) => {
      let next = 0;
      const pieces = text.split(/(%[-+#0]*\d*(?:\.\d+)?[a-zA-Z]|\{\d+(?::[^}]*)?\})/);
      return joined(
        pieces.map((piece, index) => {
          if (index % 2 === 0) return [piece];
          const [, place] = /^\{(\d+)/.exec(piece) ?? [];
          const argument = given[place === undefined ? next++ : Number(place)];
          return argument ? textsOf(argument) : [hole('?')];
        }),
      );
    }),
  );
}

/** What a function without parameters gives back: of `() -> "orders"` the text. */
function madeBy(node: PlainNode): PlainNode {
  const shape = shapeOf(node);
  return shape.is === 'function' ? shape.body : node;
}

/** `String.join("/", a, b)` of Java and C#, `strings.Join([]string{a, b}, "/")` and `path.Join(a, b)` of Go. */
function joinedBy({ object, given }: Extract<Shape, { is: 'call' }>, textsOf: Texts): string[] | undefined {
  const all = given.map(({ value }) => value);
  const [first, second] = all;
  const between = (separator: string[], parts: PlainNode[]) =>
    joined(parts.flatMap((part, index) => [...(index > 0 ? [separator] : []), textsOf(part)]));
  switch (object?.text) {
    case 'path':
    case 'filepath':
      return between(['/'], all).map((text) => text.replaceAll(/\/{2,}/g, '/'));
    case 'strings': {
      const list = first && fieldOf(first, 'body')?.children.map((each) => each.children[0] ?? each);
      return list && second ? between(textsOf(second), list) : undefined;
    }
    case 'String':
    case 'string':
      return first && all.length > 2 ? between(textsOf(first), all.slice(1)) : undefined;
    default:
      return undefined;
  }
}

/** Configuration of .NET reads the environment, and `A:B` there is `A__B`. */
const isConfiguration = (object: PlainNode) => /(config(uration)?|cfg)$/i.test(lastName(object.text));

/** What stands before the names in a section of the configuration; undefined for what is none. */
function sectionBefore(object: PlainNode, textsOf: Texts): string[] | undefined {
  const shape = shapeOf(object);
  if (shape.is !== 'call' || !/^Get(Required)?Section$/.test(shape.name) || !shape.object || !shape.given[0])
    return isConfiguration(object) ? [''] : undefined;
  const outer = sectionBefore(shape.object, textsOf);
  return outer && joined([outer, textsOf(shape.given[0].value), [':']]);
}

/** What well-known calls give back as text; undefined for all others. */
export function knownText(shape: Shape, textsOf: Texts): string[] | undefined {
  if (shape.is === 'element') {
    const before = sectionBefore(shape.object, textsOf);
    return (
      before && variable(joined([before, textsOf(shape.index)]).map((name) => name.replaceAll(':', '__')))
    );
  }
  if (shape.is !== 'call') return undefined;
  const { object, name, given } = shape;
  const on = object?.text ?? '';
  const [first] = given;
  const all = given.map(({ value }) => value);
  if (!first) {
    const isSame = /^(toString|ToString|trim|Trim|strip|orElseThrow|get|intern)$/.test(name);
    return isSame && object && !/getenv/.test(name) ? textsOf(object) : undefined;
  }
  switch (name) {
    case 'getenv':
    case 'Getenv':
    case 'LookupEnv':
    case 'GetEnvironmentVariable':
      return variable(textsOf(first.value));
    case 'get':
    case 'getOrDefault':
      return /getenv\(\)$/.test(on) ? variable(textsOf(first.value)) : undefined;
    case 'GetValue':
      return isConfiguration(object ?? first.value)
        ? variable(textsOf(first.value).map((text) => text.replaceAll(':', '__')))
        : undefined;
    case 'GetString':
      return on === 'viper'
        ? variable(textsOf(first.value).map((text) => text.replaceAll(/[.-]/g, '_').toUpperCase()))
        : undefined;
    case 'join':
    case 'Join':
      return joinedBy(shape, textsOf);
    case 'format':
    case 'Format':
      return on === 'String' || on === 'string' ? formatted(all, textsOf) : undefined;
    case 'formatted':
      return object ? formatted([object, ...all], textsOf) : undefined;
    case 'Sprintf':
    case 'Errorf':
      return on === 'fmt' ? formatted(all, textsOf) : undefined;
    case 'concat':
      return object && all.length === 1 ? joined([textsOf(object), textsOf(first.value)]) : undefined;
    case 'Concat':
    case 'Sprint':
      return joined(all.map(textsOf));
    case 'requireNonNull':
    case 'requireNonNullElse':
    case 'ofNullable':
    case 'of':
    case 'valueOf':
      return /^(Objects|Optional|String)$/.test(on)
        ? union(all.slice(0, name === 'requireNonNullElse' ? 2 : 1).map(textsOf))
        : undefined;
    case 'filter':
      return object && textsOf(object);
    case 'map':
      return object && /^String::(trim|strip|toString|valueOf)$/.test(first.value.text)
        ? textsOf(object)
        : undefined;
    case 'or':
    case 'orElse':
    case 'orElseGet':
    case 'orElseThrow':
      return object
        ? union([textsOf(object), name === 'orElseThrow' ? [] : textsOf(madeBy(first.value))])
        : undefined;
    case 'String':
    case 'ToString':
    case 'StringValue':
      return on === 'aws' ? textsOf(first.value) : undefined;
    default:
      return undefined;
  }
}
