import { keepPlace } from '../template/place.ts';
import { fill, hole, known, literal } from '../template/substitution.ts';

/** What the intrinsic functions of one template are resolved with. */
export interface Scope {
  /** Before the names of the template's own resources and parameters: `Stack/` within a nested stack. */
  prefix: string;
  parameters: ReadonlyMap<string, unknown>;
  mappings: unknown;
  holds(condition: string): boolean;
  /** An attribute that the templates tell: an output of a nested stack. */
  attributeOf(resource: string, attribute: string): unknown;
  /** What a file beside the template holds, for `AWS::Include`; undefined where it is none of the project's. */
  include(location: string): unknown;
  /** Counts what the functions make; throws a `PostureError` that names the place of `near` when it is too much. */
  spend(values: number, near: unknown): void;
}

/** What `AWS::NoValue` leaves: its member or item goes. */
export const nothing = Symbol('AWS::NoValue');

type Call = (argument: unknown, scope: Scope) => unknown;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** A value within a text. */
const textOf = (value: unknown): string => {
  if (value === nothing || value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.map(textOf).join(',') : JSON.stringify(value);
};

/** What a text or a list counts for that is repeated; a hundred characters are one value. */
const costOf = (value: unknown): number =>
  typeof value === 'string' || Array.isArray(value)
    ? value.length / (typeof value === 'string' ? 100 : 1)
    : 0;

function refer(name: string, scope: Scope): unknown {
  if (name === 'AWS::NoValue') return nothing;
  if (name.startsWith('AWS::')) return hole(name);
  return scope.parameters.get(name) ?? hole(scope.prefix + name);
}

function attribute(resource: string, name: string, scope: Scope): unknown {
  return scope.attributeOf(resource, name) ?? hole(`${scope.prefix}${resource}.${name}`);
}

function substitute(argument: unknown, scope: Scope): unknown {
  const [text, variables] = listOf(argument);
  const own = isObject(variables) ? variables : {};
  const find = (name: string) => {
    if (Object.hasOwn(own, name)) return resolve(own[name], scope);
    const dot = name.indexOf('.');
    return dot < 0 ? refer(name, scope) : attribute(name.slice(0, dot), name.slice(dot + 1), scope);
  };
  return fill(String(text ?? ''), (name) => {
    const value = textOf(find(name));
    scope.spend(costOf(value), argument);
    return value;
  });
}

function findInMap(argument: unknown, scope: Scope): unknown {
  const [map, first, second, otherwise] = listOf(resolve(argument, scope));
  const found = [map, first, second].reduce<unknown>(
    (value, key) => (isObject(value) && Object.hasOwn(value, String(key)) ? value[String(key)] : undefined),
    scope.mappings,
  );
  // There are no functions in mappings.
  if (found !== undefined) return resolve(found, { ...scope, mappings: undefined });
  return isObject(otherwise) && 'DefaultValue' in otherwise
    ? otherwise.DefaultValue
    : hole(`FindInMap:${[map, first, second].map(textOf).join('.')}`);
}

function select(argument: unknown, scope: Scope): unknown {
  const [index, list] = listOf(resolve(argument, scope));
  return (Array.isArray(list) ? list[Number(index)] : undefined) ?? hole('Select');
}

function split(argument: unknown, scope: Scope): unknown {
  const [separator, text] = listOf(resolve(argument, scope));
  return known(textOf(text)) === undefined ? [hole('Split')] : textOf(text).split(textOf(separator));
}

function joinTexts(argument: unknown, scope: Scope): unknown {
  const [separator, list] = listOf(resolve(argument, scope));
  const [between, texts] = [textOf(separator), listOf(list).map(textOf)];
  scope.spend(texts.length * costOf(between) + texts.reduce((sum, text) => sum + costOf(text), 0), argument);
  return texts.join(between);
}

/** Only `AWS::Include` does what a template tells; what it includes may not include further. */
function transform(argument: unknown, scope: Scope): unknown {
  const { Name, Parameters } = isObject(argument) ? argument : {};
  const { Location } = isObject(Parameters) ? Parameters : {};
  const included = Name === 'AWS::Include' ? scope.include(textOf(resolve(Location, scope))) : undefined;
  return included === undefined
    ? hole('Fn::Transform')
    : resolve(included, { ...scope, include: () => undefined });
}

const functions: Readonly<Record<string, Call>> = {
  // With AWS::LanguageExtensions names may be made by functions.
  Ref: (argument, scope) => refer(textOf(resolve(argument, scope)), scope),
  'Fn::GetAtt': (argument, scope) => {
    const [resource, ...names] = listOf(typeof argument === 'string' ? argument.split('.') : argument);
    return attribute(
      textOf(resolve(resource, scope)),
      names.map((name) => textOf(resolve(name, scope))).join('.'),
      scope,
    );
  },
  'Fn::Sub': substitute,
  'Fn::Join': joinTexts,
  'Fn::If': (argument, scope) => {
    const [condition, then, otherwise] = listOf(argument);
    return resolve(scope.holds(textOf(condition)) ? then : otherwise, scope);
  },
  'Fn::FindInMap': findInMap,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::Base64': (argument, scope) => resolve(argument, scope),
  'Fn::ToJsonString': (argument, scope) => JSON.stringify(resolve(argument, scope)),
  'Fn::Length': (argument, scope) => {
    const list = resolve(argument, scope);
    return Array.isArray(list) ? list.length : hole('Length');
  },
  'Fn::Transform': transform,
  'Fn::ImportValue': (argument, scope) => hole(`ImportValue:${textOf(resolve(argument, scope))}`),
};

/** The function that an object with one member calls. */
function callOf(value: Record<string, unknown>): [name: string, argument: unknown] | undefined {
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) return undefined;
  return entry[0] === 'Ref' || entry[0].startsWith('Fn::') ? entry : undefined;
}

/**
 * Replaces the intrinsic functions by what they give, as far as the templates tell; the rest are holes (`substitution.ts`). What is
 * `AWS::NoValue` is left out, and `nothing` where it is the whole.
 */
export function resolve(value: unknown, scope: Scope): unknown {
  scope.spend(1, value);
  if (typeof value === 'string') return literal(value);
  if (Array.isArray(value))
    return keepPlace(
      value,
      value.map((item) => resolve(item, scope)).filter((item) => item !== nothing),
    );
  if (!isObject(value)) return value;
  const call = callOf(value);
  if (call) {
    const [name, argument] = call;
    const given = (functions[name] ?? (() => hole(name)))(argument, scope);
    if (name === 'Ref') scope.spend(costOf(given), value);
    return typeof given === 'object' && given !== null ? keepPlace(value, given) : given;
  }
  return keepPlace(
    value,
    Object.fromEntries(
      Object.entries(value)
        .map(([key, member]): [string, unknown] => [key, resolve(member, scope)])
        .filter(([, member]) => member !== nothing),
    ),
  );
}
