import type { ClassSyntax, Expression, ImportedName, Statement } from '../syntax/module.ts';
import { childrenOf, type Node, positionOf } from '../syntax/parse-tree.ts';
import { readExpression, readFunction } from './read-expression.ts';
import { readPattern } from './read-pattern.ts';
import { readString } from './read-string.ts';

const field = (node: Node, name: string): Node | null => node.childForFieldName(name);
const all = (nodes: (Node | null)[]): Statement[] =>
  nodes.flatMap((node) => (node ? readStatement(node) : []));

/** A function's body: statements, or the one expression of an arrow. */
export function readBody(body: Node | null): Statement[] {
  if (body === null) return [];
  if (body.type === 'statement_block') return all(childrenOf(body));
  return [{ kind: 'return', value: readExpression(body), at: positionOf(body) }];
}

function readDeclaration(node: Node): Statement[] {
  return childrenOf(node).flatMap((declarator): Statement[] => {
    const [name, given] = [field(declarator, 'name'), field(declarator, 'value')];
    if (!name) return [];
    const at = positionOf(declarator);
    const value: Expression = given ? readExpression(given) : { kind: 'constant', value: null, at };
    return [{ kind: 'assign', target: readPattern(name), value, isDeclaration: true, at }];
  });
}

/** TypeScript's parameters of constructors that become members: `private table: string`. */
function parameterProperties(method: Node): Statement[] {
  return childrenOf(field(method, 'parameters') ?? method).flatMap((parameter): Statement[] => {
    const name = field(parameter, 'pattern');
    const isProperty = childrenOf(parameter).some(({ type }) => type === 'accessibility_modifier');
    if (name?.type !== 'identifier' || !(isProperty || /^readonly\b/.test(parameter.text))) return [];
    const at = positionOf(parameter);
    const self = { kind: 'name' as const, name: 'this', at };
    const target = { kind: 'member' as const, object: self, property: name.text, at };
    return [{ kind: 'assign', target, value: { kind: 'name', name: name.text, at }, at }];
  });
}

/** A class, declared or as a value. */
export function readClass(node: Node): ClassSyntax {
  const heritage = childrenOf(node).filter(({ type }) => type === 'class_heritage');
  const bases = heritage
    .flatMap((each) => childrenOf(each))
    .map((each) => readExpression(each.type === 'extends_clause' ? (field(each, 'value') ?? each) : each));
  const body = field(node, 'body');
  const members = (body ? childrenOf(body) : []).flatMap((member): Statement[] => {
    const at = positionOf(member);
    const name = (field(member, 'name') ?? field(member, 'property'))?.text ?? '';
    if (member.type === 'method_definition') {
      const method = readFunction(member);
      const body = [...parameterProperties(member), ...method.body];
      const has = (word: string) => member.children.some(({ type }) => type === word);
      return [
        {
          kind: 'function',
          name,
          function: { ...method, body },
          decorators: [],
          isStatic: has('static'),
          isGetter: has('get'),
          at,
        },
      ];
    }
    if (member.type === 'class_static_block') return readBody(field(member, 'body'));
    const value = field(member, 'value');
    const isStatic = member.children.some(({ type }) => type === 'static');
    return value
      ? [{ kind: 'assign', target: { kind: 'name', name, at }, value: readExpression(value), isStatic, at }]
      : [];
  });
  return { name: field(node, 'name')?.text ?? '', bases, body: members };
}

const declareClass = (node: Node): Statement[] => [
  { kind: 'class', ...readClass(node), at: positionOf(node) },
];

/** TypeScript's `enum A { B = 'b' }` is an object with these members. */
function readEnum(node: Node): Statement[] {
  const [name, body] = [field(node, 'name'), field(node, 'body')];
  const at = positionOf(node);
  if (!name || !body) return [];
  const entries = childrenOf(body).map((member) => {
    const [key, value] = [field(member, 'name') ?? member, field(member, 'value')];
    const own: Expression = value ? readExpression(value) : { kind: 'scalar', parts: [], at };
    return { key: key.type === 'string' ? readString(key) : key.text, value: own };
  });
  const value: Expression = { kind: 'object', entries, at };
  return [{ kind: 'assign', target: { kind: 'name', name: name.text, at }, value, isDeclaration: true, at }];
}

/** TypeScript's `namespace A { export const b = … }` is an object of what it exports; the rest stands beside it. */
function readNamespace(node: Node): Statement[] {
  const [name, body] = [field(node, 'name'), field(node, 'body')];
  const at = positionOf(node);
  const inside = body ? all(childrenOf(body)) : [];
  const names = inside.flatMap((each) => (each.kind === 'export' ? each.names : []));
  const entries = names.map(({ local, exported }) => ({
    key: exported,
    value: { kind: 'name' as const, name: local, at },
  }));
  const target: Expression = { kind: 'name', name: name?.text ?? '', at };
  return [
    ...inside.filter(({ kind }) => kind !== 'export'),
    { kind: 'assign', target, value: { kind: 'object', entries, at }, isDeclaration: true, at },
  ];
}

function readImport(node: Node): Statement[] {
  const source = field(node, 'source');
  const clause = childrenOf(node).find(({ type }) => type === 'import_clause');
  if (!source) return [];
  const names = (clause ? childrenOf(clause) : []).flatMap((part): ImportedName[] => {
    if (part.type === 'identifier') return [{ name: 'default', local: part.text }];
    if (part.type === 'namespace_import') return [{ name: '*', local: part.firstNamedChild?.text ?? '' }];
    return childrenOf(part).map((specifier) => {
      const name = field(specifier, 'name')?.text ?? '';
      return { name, local: field(specifier, 'alias')?.text ?? name };
    });
  });
  return [{ kind: 'import', from: readString(source), names, at: positionOf(node) }];
}

const declaredNames = (statements: Statement[]): string[] =>
  statements.flatMap((statement) => {
    if (statement.kind === 'function' || statement.kind === 'class') return [statement.name];
    return statement.kind === 'assign' && statement.target.kind === 'name' ? [statement.target.name] : [];
  });

function readExport(node: Node): Statement[] {
  const at = positionOf(node);
  const source = field(node, 'source');
  const clause = childrenOf(node).find(({ type }) => type === 'export_clause');
  const specifiers = (clause ? childrenOf(clause) : []).map((specifier) => {
    const local = field(specifier, 'name')?.text ?? '';
    return { local, exported: field(specifier, 'alias')?.text ?? local };
  });
  if (source) {
    // What is passed on is imported under names that no code can have.
    const hidden = specifiers.map(({ local, exported }) => ({
      name: local,
      local: `export ${exported}`,
      exported,
    }));
    const space = childrenOf(node).find(({ type }) => type === 'namespace_export')?.firstNamedChild?.text;
    const whole = { name: '*', local: `export * ${readString(source)}`, exported: space ?? '*' };
    const names = hidden.length > 0 ? hidden : [whole];
    return [
      {
        kind: 'import',
        from: readString(source),
        names: names.map(({ name, local }) => ({ name, local })),
        at,
      },
      { kind: 'export', names: names.map(({ local, exported }) => ({ local, exported })), at },
    ];
  }
  if (clause) return [{ kind: 'export', names: specifiers, at }];
  // `export = value` of TypeScript.
  const whole = node.children.some(({ type }) => type === '=') ? node.lastNamedChild : null;
  if (whole) {
    const module: Expression = { kind: 'name', name: 'module', at };
    const target: Expression = { kind: 'member', object: module, property: 'exports', at };
    return [{ kind: 'assign', target, value: readExpression(whole), at }];
  }
  const [declaration, value] = [field(node, 'declaration'), field(node, 'value')];
  const isDefault = node.children.some(({ type }) => type === 'default');
  const statements: Statement[] = declaration
    ? readStatement(declaration)
    : value
      ? [
          {
            kind: 'assign',
            target: { kind: 'name', name: 'export default', at },
            value: readExpression(value),
            at,
          },
        ]
      : [];
  const names = declaredNames(statements).map((local) => ({
    local,
    exported: isDefault ? 'default' : local,
  }));
  return [...statements, { kind: 'export', names, at }];
}

function readLoop(node: Node): Statement[] {
  const at = positionOf(node);
  const [left, right] = [field(node, 'left'), field(node, 'right')];
  const body = all([field(node, 'body')]);
  if (left && right) {
    const value: Expression = {
      kind: 'element',
      object: readExpression(right),
      index: { kind: 'scalar', parts: [], at },
      at,
    };
    return [
      {
        kind: 'branch',
        branches: [[{ kind: 'assign', target: readPattern(left), value, isDeclaration: true, at }, ...body]],
        isLoop: true,
        at,
      },
    ];
  }
  const before = [field(node, 'initializer'), field(node, 'condition'), field(node, 'increment')];
  return [...all(before), { kind: 'branch', branches: [body], isLoop: true, at }];
}

function readSwitch(node: Node): Statement[] {
  const [value, body] = [field(node, 'value'), field(node, 'body')];
  const at = positionOf(node);
  const cases = body ? childrenOf(body) : [];
  const branches = cases.map((part) => all(part.childrenForFieldName('body')));
  const conditions = cases.map((part): Expression | undefined => {
    const constant = field(part, 'value');
    if (!value || !constant) return undefined;
    return {
      kind: 'scalar',
      parts: [readExpression(value), readExpression(constant)],
      operator: 'equal',
      at: positionOf(part),
    };
  });
  return [...all([value]), { kind: 'branch', branches, conditions, isLoop: false, at }];
}

function readTry(node: Node): Statement[] {
  const [handler, finalizer] = [field(node, 'handler'), field(node, 'finalizer')];
  const caught = handler ? all([field(handler, 'body')]) : [];
  const after = finalizer ? all([field(finalizer, 'body')]) : [];
  return [
    ...all([field(node, 'body')]),
    { kind: 'branch', branches: [caught], isLoop: false, at: positionOf(node) },
    ...after,
  ];
}

function readIf(node: Node): Statement[] {
  const branches = [field(node, 'consequence'), field(node, 'alternative')].map((branch) => all([branch]));
  const condition = field(node, 'condition');
  return [
    {
      kind: 'branch',
      branches,
      conditions: [condition ? readExpression(condition) : undefined],
      isLoop: false,
      at: positionOf(node),
    },
  ];
}

const leave = (node: Node): Statement[] => [...all(childrenOf(node)), { kind: 'exit', at: positionOf(node) }];

const readers: Record<string, (node: Node) => Statement[]> = {
  statement_block: (node) => all(childrenOf(node)),
  expression_statement: (node) => all(childrenOf(node)),
  else_clause: (node) => all(childrenOf(node)),
  labeled_statement: (node) => all([field(node, 'body')]),
  lexical_declaration: readDeclaration,
  variable_declaration: readDeclaration,
  function_declaration: (node) => [
    {
      kind: 'function',
      name: field(node, 'name')?.text ?? '',
      function: readFunction(node),
      decorators: [],
      at: positionOf(node),
    },
  ],
  class_declaration: declareClass,
  abstract_class_declaration: declareClass,
  class: declareClass,
  enum_declaration: readEnum,
  internal_module: readNamespace,
  import_statement: readImport,
  export_statement: readExport,
  return_statement: (node) => {
    const [value] = childrenOf(node);
    return [{ kind: 'return', ...(value && { value: readExpression(value) }), at: positionOf(node) }];
  },
  if_statement: readIf,
  for_statement: readLoop,
  for_in_statement: readLoop,
  while_statement: readLoop,
  do_statement: readLoop,
  switch_statement: readSwitch,
  try_statement: readTry,
  throw_statement: leave,
  break_statement: (node) => [{ kind: 'exit', at: positionOf(node) }],
  continue_statement: (node) => [{ kind: 'exit', at: positionOf(node) }],
  empty_statement: () => [],
  interface_declaration: () => [],
  type_alias_declaration: () => [],
};
readers.generator_function_declaration = readers.function_declaration as (node: Node) => Statement[];

export function readStatement(node: Node): Statement[] {
  const read = readers[node.type];
  if (read) return read(node);
  const value = readExpression(node);
  if (value.kind === 'assignment')
    return [{ kind: 'assign', target: value.target, value: value.value, at: value.at }];
  return [{ kind: 'expression', value, at: value.at }];
}
