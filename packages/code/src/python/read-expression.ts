import type { Expression, FunctionSyntax, Statement } from '../syntax/module.ts';
import { childrenOf, type Node, positionOf } from '../syntax/parse-tree.ts';
import { readBlock } from './read-statement.ts';

type Reader = (node: Node) => Expression;

const field = (node: Node, name: string): Node | null => node.childForFieldName(name);
const readAll = (node: Node): Expression[] => childrenOf(node).map(readExpression);

const other: Reader = (node) => ({ kind: 'other', parts: readAll(node), at: positionOf(node) });
const scalar: Reader = (node) => ({ kind: 'scalar', parts: readAll(node), at: positionOf(node) });
const list: Reader = (node) => ({ kind: 'list', items: readAll(node), at: positionOf(node) });
const choice: Reader = (node) => ({ kind: 'choice', options: readAll(node), at: positionOf(node) });
const inner: Reader = (node) => {
  const first = childrenOf(node).at(-1);
  return first ? readExpression(first) : other(node);
};

/** The text without quotes and prefix. Escapes are left as they are, which no analysis here minds. */
const stringText = (node: Node) =>
  childrenOf(node)
    .filter(({ type }) => type === 'string_content')
    .map(({ text }) => text)
    .join('');

const string: Reader = (node) => {
  const at = positionOf(node);
  if (!childrenOf(node).some(({ type }) => type === 'interpolation'))
    return { kind: 'constant', value: stringText(node), at };
  const parts = childrenOf(node).flatMap((child): Expression[] => {
    if (child.type === 'string_content')
      return [{ kind: 'constant', value: child.text, at: positionOf(child) }];
    const value = child.type === 'interpolation' ? field(child, 'expression') : null;
    return value ? [readExpression(value)] : [];
  });
  return { kind: 'join', parts, at };
};

const binary: Reader = (node) => {
  const parts = [field(node, 'left'), field(node, 'right')].flatMap((side) =>
    side ? [readExpression(side)] : [],
  );
  const operator = field(node, 'operator')?.type;
  const at = positionOf(node);
  const [left, right] = parts;
  const isText = left?.kind === 'constant' ? typeof left.value === 'string' : left?.kind === 'join';
  if (operator === '%' && left && right && isText) {
    const callee: Expression = { kind: 'member', object: left, property: '%', at };
    return { kind: 'call', callee, arguments: [right], named: [], isNew: false, at };
  }
  // Two dictionaries as one.
  if (operator === '|') return { kind: 'choice', options: parts, at };
  // A path of pathlib is put together by a division.
  if (operator !== '+' && operator !== '/') return { kind: 'scalar', parts, at };
  return { kind: 'join', parts: parts.flatMap((part) => (part.kind === 'join' ? part.parts : [part])), at };
};

const boolean: Reader = (node) => {
  const [left, right] = readAll(node);
  const isAnd = field(node, 'operator')?.type === 'and';
  return isAnd && left && right
    ? { kind: 'choice', condition: left, options: [right], at: positionOf(node) }
    : choice(node);
};

const comparison: Reader = (node) => {
  const parts = readAll(node);
  const at = positionOf(node);
  const [operator] = node.childrenForFieldName('operators').flatMap((each) => each?.type ?? []);
  const read = (kind: 'in' | 'equal'): Expression => ({ kind: 'scalar', parts, operator: kind, at });
  if (operator === 'in') return read('in');
  if (operator === '==' || operator === 'is') return read('equal');
  const denied = operator === 'not in' ? read('in') : operator === '!=' ? read('equal') : undefined;
  return denied ? { kind: 'scalar', parts: [denied], operator: 'not', at } : { kind: 'scalar', parts, at };
};

const attribute: Reader = (node) => {
  const [object, property] = [field(node, 'object'), field(node, 'attribute')];
  if (!object || !property) return other(node);
  return { kind: 'member', object: readExpression(object), property: property.text, at: positionOf(node) };
};

const subscript: Reader = (node) => {
  const [value, index] = [field(node, 'value'), field(node, 'subscript')];
  if (!value || !index) return other(node);
  const [object, by] = [readExpression(value), readExpression(index)];
  const at = positionOf(node);
  if (index.type === 'slice') {
    const callee: Expression = { kind: 'member', object, property: 'slice', at };
    return { kind: 'call', callee, arguments: [], named: [], isNew: false, at };
  }
  if (by.kind === 'constant' && typeof by.value === 'string')
    return { kind: 'member', object, property: by.value, at };
  return { kind: 'element', object, index: by, at };
};

const call: Reader = (node) => {
  const [callee, given] = [field(node, 'function'), field(node, 'arguments')];
  if (!callee) return other(node);
  const at = positionOf(node);
  const parts = given === null ? [] : given.type === 'generator_expression' ? [given] : childrenOf(given);
  const named = parts.filter(({ type }) => type === 'keyword_argument');
  const values = parts.filter(({ type }) => type !== 'keyword_argument').map(readExpression);
  const read = readExpression(callee);
  return {
    kind: 'call',
    callee: read,
    arguments: values,
    named: named.flatMap((argument) => {
      const value = field(argument, 'value');
      return value ? [{ name: field(argument, 'name')?.text ?? '', value: readExpression(value) }] : [];
    }),
    isNew: false,
    at,
  };
};

const dictionary: Reader = (node) => {
  const entries = childrenOf(node).map((child) => {
    const [key, value] = [field(child, 'key'), field(child, 'value')];
    if (!value) return { value: inner(child), isSpread: true };
    const read = key ? readExpression(key) : undefined;
    const name = read?.kind === 'constant' && typeof read.value === 'string' ? read.value : undefined;
    if (name === undefined && read) return { computed: read, value: readExpression(value) };
    return { ...(name !== undefined && { key: name }), value: readExpression(value) };
  });
  return { kind: 'object', entries, at: positionOf(node) };
};

/** `[f(x) for x in y]` is a function of x, called with what is in y. */
const comprehension: Reader = (node) => {
  const at = positionOf(node);
  const body = field(node, 'body');
  const clauses = childrenOf(node).filter(({ type }) => type === 'for_in_clause');
  const parameters = clauses.flatMap((clause) => field(clause, 'left') ?? []).map(readPattern);
  const values = clauses.flatMap((clause) => field(clause, 'right') ?? []).map(readExpression);
  const parts = body ? (body.type === 'pair' ? readAll(body) : [readExpression(body)]) : [];
  // How many there are is not known, as of what a generator gives out.
  const given = parts.map(
    (value): Statement => ({
      kind: 'expression',
      value: { kind: 'yield', value, at },
      at,
    }),
  );
  const made: FunctionSyntax = { parameters, body: given, at };
  const items = values.map(
    (object): Expression => ({ kind: 'element', object, index: { kind: 'scalar', parts: [], at }, at }),
  );
  return {
    kind: 'call',
    callee: { kind: 'function', function: made, at },
    arguments: items,
    named: [],
    isNew: false,
    at,
  };
};

const constant =
  (read: (node: Node) => string | number | boolean | null): Reader =>
  (node) => ({ kind: 'constant', value: read(node), at: positionOf(node) });

const readers: Record<string, Reader> = {
  identifier: (node) => ({ kind: 'name', name: node.text, at: positionOf(node) }),
  none: constant(() => null),
  true: constant(() => true),
  false: constant(() => false),
  integer: constant((node) => Number(node.text.replaceAll('_', ''))),
  float: constant((node) => Number(node.text.replaceAll('_', ''))),
  string,
  concatenated_string: (node) => {
    const parts = readAll(node);
    const at = positionOf(node);
    if (!parts.every((part) => part.kind === 'constant')) return { kind: 'join', parts, at };
    return {
      kind: 'constant',
      value: parts.map((part) => (part.kind === 'constant' ? part.value : '')).join(''),
      at,
    };
  },
  binary_operator: binary,
  boolean_operator: boolean,
  comparison_operator: comparison,
  not_operator: (node) => ({ kind: 'scalar', parts: readAll(node), operator: 'not', at: positionOf(node) }),
  unary_operator: scalar,
  conditional_expression: (node) => {
    const [value, condition, alternative] = readAll(node);
    return {
      kind: 'choice',
      ...(condition && { condition }),
      options: [value, alternative].flatMap((each) => each ?? []),
      at: positionOf(node),
    };
  },
  attribute,
  subscript,
  call,
  dictionary,
  list,
  tuple: list,
  set: list,
  expression_list: list,
  pattern_list: list,
  tuple_pattern: list,
  list_pattern: list,
  list_comprehension: comprehension,
  set_comprehension: comprehension,
  dictionary_comprehension: comprehension,
  generator_expression: comprehension,
  list_splat: (node) => ({ kind: 'spread', value: inner(node), at: positionOf(node) }),
  dictionary_splat: (node) => ({ kind: 'spread', value: inner(node), isNamed: true, at: positionOf(node) }),
  lambda: (node) => ({ kind: 'function', function: readFunction(node), at: positionOf(node) }),
  await: inner,
  yield: (node) => ({ kind: 'yield', value: inner(node), at: positionOf(node) }),
  parenthesized_expression: inner,
  named_expression: (node) => {
    const [name, value] = [field(node, 'name'), field(node, 'value')];
    return name && value
      ? {
          kind: 'assignment',
          target: readExpression(name),
          value: readExpression(value),
          at: positionOf(node),
        }
      : other(node);
  },
};

export function readExpression(node: Node): Expression {
  return (readers[node.type] ?? other)(node);
}

/** A parameter, or what a value is bound to. */
export function readPattern(node: Node): Expression {
  const at = positionOf(node);
  switch (node.type) {
    case 'default_parameter':
    case 'typed_default_parameter': {
      const [name, value] = [field(node, 'name'), field(node, 'value')];
      const options = [...(name ? [readExpression(name)] : []), ...(value ? [readExpression(value)] : [])];
      return { kind: 'choice', options, at };
    }
    case 'typed_parameter':
      return node.firstNamedChild ? readPattern(node.firstNamedChild) : other(node);
    case 'list_splat_pattern':
      return { kind: 'spread', value: inner(node), at };
    case 'dictionary_splat_pattern':
      return { kind: 'spread', value: inner(node), isNamed: true, at };
    default:
      return readExpression(node);
  }
}

export function readFunction(node: Node): FunctionSyntax {
  const [parameters, body, name] = [field(node, 'parameters'), field(node, 'body'), field(node, 'name')];
  return {
    ...(name && { name: name.text }),
    parameters: (parameters ? childrenOf(parameters) : [])
      .filter(({ type }) => !/separator$/.test(type))
      .map(readPattern),
    body:
      body === null
        ? []
        : body.type === 'block'
          ? readBlock(body)
          : [{ kind: 'return', value: readExpression(body), at: positionOf(body) }],
    at: positionOf(node),
  };
}
