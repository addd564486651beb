import type { Expression, FunctionSyntax } from '../syntax/module.ts';
import { childrenOf, type Node, positionOf } from '../syntax/parse-tree.ts';
import { readPattern } from './read-pattern.ts';
import { readBody, readClass } from './read-statement.ts';
import { readString } from './read-string.ts';

type Reader = (node: Node) => Expression;

const field = (node: Node, name: string): Node | null => node.childForFieldName(name);

const other: Reader = (node) => ({
  kind: 'other',
  parts: childrenOf(node).map(readExpression),
  at: positionOf(node),
});
const inner: Reader = (node) => {
  const [first] = childrenOf(node);
  return first ? readExpression(first) : other(node);
};

const isScalar = (operator: string) => !/^(\+|&&|\|\||\?\?)$/.test(operator);

const binary: Reader = (node) => {
  const parts = [field(node, 'left'), field(node, 'right')].flatMap((side) =>
    side ? [readExpression(side)] : [],
  );
  const operator = field(node, 'operator')?.type ?? '';
  const at = positionOf(node);
  if (operator === '+')
    return { kind: 'join', parts: parts.flatMap((part) => (part.kind === 'join' ? part.parts : [part])), at };
  if (operator === 'in') return { kind: 'scalar', parts, operator, at };
  if (/^==/.test(operator)) return { kind: 'scalar', parts, operator: 'equal', at };
  if (/^!=/.test(operator))
    return { kind: 'scalar', parts: [{ kind: 'scalar', parts, operator: 'equal', at }], operator: 'not', at };
  const [left, right] = parts;
  if (operator === '&&' && left && right) return { kind: 'choice', condition: left, options: [right], at };
  return isScalar(operator) ? { kind: 'scalar', parts, at } : { kind: 'choice', options: parts, at };
};

const template: Reader = (node) => {
  const parts = node.namedChildren.map((child): Expression => {
    if (child.type === 'template_substitution') return inner(child);
    return { kind: 'constant', value: readString(child), at: positionOf(child) };
  });
  return { kind: 'join', parts, at: positionOf(node) };
};

/** A property as it is named: `.name`, `.#name`. */
const member: Reader = (node) => {
  const object = field(node, 'object');
  const property = field(node, 'property');
  if (!object || !property) return other(node);
  return { kind: 'member', object: readExpression(object), property: property.text, at: positionOf(node) };
};

const element: Reader = (node) => {
  const [object, index] = [field(node, 'object'), field(node, 'index')];
  if (!object || !index) return other(node);
  const [of, by] = [readExpression(object), readExpression(index)];
  const at = positionOf(node);
  if (by.kind === 'constant' && typeof by.value === 'string')
    return { kind: 'member', object: of, property: by.value, at };
  return { kind: 'element', object: of, index: by, at };
};

const call: Reader = (node) => {
  const callee = field(node, 'function') ?? field(node, 'constructor');
  const list = field(node, 'arguments');
  if (!callee) return other(node);
  const at = positionOf(node);
  // A tag gets the texts and the values of its template.
  const given = list === null ? [] : list.type === 'template_string' ? [list] : childrenOf(list);
  const values = given.map(readExpression);
  const [first] = values;
  const isImport = callee.type === 'import' || callee.text === 'require';
  if (isImport && first?.kind === 'constant' && typeof first.value === 'string')
    return { kind: 'import', from: first.value, at };
  return {
    kind: 'call',
    callee: readExpression(callee),
    arguments: values,
    named: [],
    isNew: node.type === 'new_expression',
    at,
  };
};

const keyOf = (key: Node | null): string | undefined => {
  if (key === null || key.type === 'computed_property_name') return undefined;
  return key.type === 'string' ? readString(key) : key.text;
};

const object: Reader = (node) => {
  const entries = childrenOf(node).map((child) => {
    const at = positionOf(child);
    if (child.type === 'spread_element') return { value: inner(child), isSpread: true };
    if (child.type === 'shorthand_property_identifier')
      return { key: child.text, value: { kind: 'name' as const, name: child.text, at } };
    const key = keyOf(field(child, 'key') ?? field(child, 'name'));
    const value = field(child, 'value');
    const read: Expression = value
      ? readExpression(value)
      : { kind: 'function', function: readFunction(child), at };
    const isGetter = child.type === 'method_definition' && child.children.some(({ type }) => type === 'get');
    const computed = field(child, 'key') ?? field(child, 'name');
    if (key === undefined && computed) return { computed: inner(computed), value: read };
    return { ...(key !== undefined && { key }), value: read, ...(isGetter && { isGetter }) };
  });
  return { kind: 'object', entries, at: positionOf(node) };
};

const assignment: Reader = (node) => {
  const [left, right] = [field(node, 'left'), field(node, 'right')];
  if (!left || !right) return other(node);
  const at = positionOf(node);
  const [target, value] = [readPattern(left), readExpression(right)];
  if (node.type === 'assignment_expression') return { kind: 'assignment', target, value, at };
  // What was there is kept: as a part by `x += y`, as one of two by `x ??= y`.
  const parts = [readExpression(left), value];
  const isText = field(node, 'operator')?.type === '+=';
  return {
    kind: 'assignment',
    target,
    value: isText ? { kind: 'join', parts, at } : { kind: 'choice', options: parts, at },
    at,
  };
};

const constant =
  (read: (node: Node) => string | number | boolean | null): Reader =>
  (node) => ({ kind: 'constant', value: read(node), at: positionOf(node) });

const scalar: Reader = (node) => ({
  kind: 'scalar',
  parts: childrenOf(node).map(readExpression),
  at: positionOf(node),
});

const ternary: Reader = (node) => {
  const condition = field(node, 'condition');
  const options = ['consequence', 'alternative'].flatMap((name) => field(node, name) ?? []);
  return {
    kind: 'choice',
    ...(condition && { condition: readExpression(condition) }),
    options: options.map(readExpression),
    at: positionOf(node),
  };
};

const unary: Reader = (node) => {
  const read = scalar(node);
  return read.kind === 'scalar' && field(node, 'operator')?.type === '!'
    ? { ...read, operator: 'not' }
    : read;
};

const name: Reader = (node) => ({ kind: 'name', name: node.text, at: positionOf(node) });
const asFunction: Reader = (node) => ({
  kind: 'function',
  function: readFunction(node),
  at: positionOf(node),
});

const readers: Record<string, Reader> = {
  identifier: name,
  this: name,
  super: name,
  undefined: constant(() => null),
  null: constant(() => null),
  true: constant(() => true),
  false: constant(() => false),
  number: constant((node) => Number(node.text.replaceAll('_', ''))),
  string: constant(readString),
  regex: constant((node) => node.text),
  template_string: template,
  binary_expression: binary,
  ternary_expression: ternary,
  unary_expression: unary,
  update_expression: scalar,
  member_expression: member,
  subscript_expression: element,
  call_expression: call,
  new_expression: call,
  object,
  array: (node) => ({ kind: 'list', items: childrenOf(node).map(readExpression), at: positionOf(node) }),
  spread_element: (node) => ({ kind: 'spread', value: inner(node), at: positionOf(node) }),
  assignment_expression: assignment,
  augmented_assignment_expression: assignment,
  arrow_function: asFunction,
  function_expression: asFunction,
  generator_function: asFunction,
  class: (node) => ({ kind: 'class', class: readClass(node), at: positionOf(node) }),
  await_expression: inner,
  yield_expression: (node) => ({ kind: 'yield', value: inner(node), at: positionOf(node) }),
  parenthesized_expression: inner,
  as_expression: inner,
  satisfies_expression: inner,
  non_null_expression: inner,
  type_assertion: (node) => readExpression(node.lastNamedChild ?? node),
  sequence_expression: (node) => ({
    kind: 'choice',
    options: childrenOf(node).slice(-1).map(readExpression),
    at: positionOf(node),
  }),
};

/** Types of TypeScript, which have no values. */
const isType = (node: Node) => /^type_|_type$|_signature$/.test(node.type);

export function readExpression(node: Node): Expression {
  if (isType(node)) return { kind: 'scalar', parts: [], at: positionOf(node) };
  return (readers[node.type] ?? other)(node);
}

/** Anything with parameters and a body: functions, methods, arrows. */
export function readFunction(node: Node): FunctionSyntax {
  const body = field(node, 'body');
  const single = field(node, 'parameter');
  const list = field(node, 'parameters');
  const parameters = single ? [single] : list ? childrenOf(list) : [];
  const name = field(node, 'name')?.text;
  return {
    ...(name !== undefined && { name }),
    parameters: parameters.map(readPattern),
    body: readBody(body),
    at: positionOf(node),
  };
}
