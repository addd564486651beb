import type { Expression, ImportedName, Statement } from '../syntax/module.ts';
import { childrenOf, type Node, positionOf } from '../syntax/parse-tree.ts';
import { readExpression, readFunction, readPattern } from './read-expression.ts';

const field = (node: Node, name: string): Node | null => node.childForFieldName(name);
const all = (nodes: (Node | null)[]): Statement[] =>
  nodes.flatMap((node) => (node ? readStatement(node) : []));

export const readBlock = (node: Node): Statement[] => all(childrenOf(node));

function readAssignment(node: Node): Statement[] {
  const [left, right] = [field(node, 'left'), field(node, 'right')];
  const at = positionOf(node);
  if (!left || !right) return [];
  const target = readPattern(left);
  // a = b = c
  if (right.type === 'assignment') {
    const inner = readAssignment(right);
    const [first] = inner;
    const value: Expression = first?.kind === 'assign' ? first.target : readExpression(right);
    return [...inner, { kind: 'assign', target, value, at }];
  }
  const value = readExpression(right);
  const whole: Expression =
    node.type === 'augmented_assignment' ? { kind: 'join', parts: [readExpression(left), value], at } : value;
  return [{ kind: 'assign', target, value: whole, at }];
}

/** `import a.b` binds a, and `import a.b as c` binds a.b. */
function readImport(node: Node): Statement[] {
  return node.childrenForFieldName('name').flatMap((part): Statement[] => {
    if (!part) return [];
    const [alias, module] =
      part.type === 'aliased_import'
        ? [field(part, 'alias')?.text, field(part, 'name')?.text]
        : [undefined, part.text];
    const whole = module ?? '';
    const from = alias === undefined ? (whole.split('.', 1)[0] as string) : whole;
    const names = [{ name: '*', local: alias ?? from }];
    return [
      { kind: 'import', from, names, at: positionOf(node) },
      ...(from === whole ? [] : [{ kind: 'import' as const, from: whole, names: [], at: positionOf(node) }]),
    ];
  });
}

function readImportFrom(node: Node): Statement[] {
  const module = field(node, 'module_name')?.text ?? '';
  const names = node.childrenForFieldName('name').flatMap((part): ImportedName[] => {
    if (!part) return [];
    if (part.type !== 'aliased_import') return [{ name: part.text, local: part.text }];
    return [{ name: field(part, 'name')?.text ?? '', local: field(part, 'alias')?.text ?? '' }];
  });
  return [{ kind: 'import', from: module, names, at: positionOf(node) }];
}

function readIf(node: Node): Statement[] {
  const conditions: (Node | null)[] = [field(node, 'condition')];
  const branches = [all([field(node, 'consequence')])];
  for (const alternative of node.childrenForFieldName('alternative')) {
    if (!alternative) continue;
    conditions.push(field(alternative, 'condition'));
    branches.push(all([field(alternative, 'consequence') ?? field(alternative, 'body')]));
  }
  return [
    {
      kind: 'branch',
      branches,
      conditions: conditions.map((condition) => (condition ? readExpression(condition) : undefined)),
      isLoop: false,
      at: positionOf(node),
    },
  ];
}

function readFor(node: Node): Statement[] {
  const at = positionOf(node);
  const [left, right] = [field(node, 'left'), field(node, 'right')];
  const body = all([field(node, 'body')]);
  const after = field(node, 'alternative');
  const value: Expression | undefined = right
    ? { kind: 'element', object: readExpression(right), index: { kind: 'scalar', parts: [], at }, at }
    : undefined;
  const first: Statement[] = left && value ? [{ kind: 'assign', target: readPattern(left), value, at }] : [];
  return [
    { kind: 'branch', branches: [[...first, ...body]], isLoop: true, at },
    ...(after ? all([field(after, 'body')]) : []),
  ];
}

function readTry(node: Node): Statement[] {
  const clauses = childrenOf(node).filter(({ type }) => /_clause$/.test(type));
  const bodies = clauses.map((clause) => all(childrenOf(clause).filter(({ type }) => type === 'block')));
  return [
    ...all([field(node, 'body')]),
    { kind: 'branch', branches: bodies, isLoop: false, at: positionOf(node) },
  ];
}

/** `with open(x) as f` binds f. */
function readWith(node: Node): Statement[] {
  const items = childrenOf(node)
    .filter(({ type }) => type === 'with_clause')
    .flatMap(childrenOf);
  const bound = items.flatMap((item): Statement[] => {
    const value = field(item, 'value');
    if (value?.type !== 'as_pattern') return all([value]);
    const [what, target] = childrenOf(value);
    if (!what) return [];
    const alias = target?.firstNamedChild ?? target;
    const at = positionOf(item);
    const entered: Expression = {
      kind: 'call',
      callee: { kind: 'name', name: '__enter__', at },
      arguments: [readExpression(what)],
      named: [],
      isNew: false,
      at,
    };
    return [
      alias
        ? { kind: 'assign', target: readPattern(alias), value: entered, at }
        : { kind: 'expression', value: readExpression(what), at },
    ];
  });
  return [...bound, ...all([field(node, 'body')])];
}

function readMatch(node: Node): Statement[] {
  const body = field(node, 'body');
  const branches = (body ? childrenOf(body) : []).map((part) => all([field(part, 'consequence')]));
  return [
    ...all([field(node, 'subject')]),
    { kind: 'branch', branches, isLoop: false, at: positionOf(node) },
  ];
}

function readDefinition(node: Node, decorators: Expression[]): Statement[] {
  const at = positionOf(node);
  const name = field(node, 'name')?.text ?? '';
  if (node.type === 'function_definition')
    return [
      {
        kind: 'function',
        name,
        function: readFunction(node),
        decorators: decorators.filter((each) => !isProperty(each)),
        isGetter: decorators.some(isProperty),
        at,
      },
    ];
  const [superclasses, body] = [field(node, 'superclasses'), field(node, 'body')];
  const bases = (superclasses ? childrenOf(superclasses) : []).map(readExpression);
  return [{ kind: 'class', name, bases, body: body ? readMembers(body) : [], at }];
}

/** What a class has of its own: `name: str` is a member that its maker gives. */
const readMembers = (body: Node): Statement[] =>
  childrenOf(body).flatMap((member): Statement[] => {
    const [only] = childrenOf(member);
    const [name, type] = only?.type === 'assignment' ? [field(only, 'left'), field(only, 'type')] : [];
    const at = positionOf(member);
    return name && type && !(only && field(only, 'right'))
      ? [{ kind: 'assign', target: readPattern(name), value: { kind: 'constant', value: null, at }, at }]
      : readStatement(member).map((each) => (each.kind === 'assign' ? { ...each, isStatic: true } : each));
  });

/** Decorators that make a method what is read like any other member. */
const isProperty = (decorator: Expression): boolean =>
  decorator.kind === 'name'
    ? /^(cached_)?property$/.test(decorator.name)
    : decorator.kind === 'member' && decorator.property === 'cached_property';

const readers: Record<string, (node: Node) => Statement[]> = {
  block: readBlock,
  expression_statement: readBlock,
  assignment: readAssignment,
  augmented_assignment: readAssignment,
  import_statement: readImport,
  import_from_statement: readImportFrom,
  function_definition: (node) => readDefinition(node, []),
  class_definition: (node) => readDefinition(node, []),
  decorated_definition: (node) => {
    const decorators = childrenOf(node)
      .filter(({ type }) => type === 'decorator')
      .flatMap(childrenOf)
      .map(readExpression);
    const definition = field(node, 'definition');
    return definition ? readDefinition(definition, decorators) : [];
  },
  return_statement: (node) => {
    const [value] = childrenOf(node);
    return [{ kind: 'return', ...(value && { value: readExpression(value) }), at: positionOf(node) }];
  },
  if_statement: readIf,
  for_statement: readFor,
  while_statement: (node) => [
    ...all([field(node, 'condition')]),
    { kind: 'branch', branches: [all([field(node, 'body')])], isLoop: true, at: positionOf(node) },
  ],
  try_statement: readTry,
  with_statement: readWith,
  match_statement: readMatch,
  raise_statement: (node) => [...readBlock(node), { kind: 'exit', at: positionOf(node) }],
  break_statement: (node) => [{ kind: 'exit', at: positionOf(node) }],
  continue_statement: (node) => [{ kind: 'exit', at: positionOf(node) }],
  assert_statement: readBlock,
  pass_statement: () => [],
  global_statement: () => [],
  nonlocal_statement: () => [],
};

export function readStatement(node: Node): Statement[] {
  const read = readers[node.type];
  if (read) return read(node);
  return [{ kind: 'expression', value: readExpression(node), at: positionOf(node) }];
}
