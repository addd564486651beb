import type { PlainNode } from '@ringfence/code';
import { injectTexts } from './inject-texts.ts';
import { nameImplicit } from './name-implicit.ts';
import type { Declaration, Member, Parameter, ProgramType, ProgramTypes, SourceFile } from './program.ts';
import { readLocals } from './read-locals.ts';
import type { Settings } from './settings.ts';
import { fieldOf, walk } from './walk.ts';

const typeNode = /^(class|interface|record|record_struct|struct|enum|annotation_type)_declaration$/;
const bodies =
  /^(class_body|interface_body|enum_body|enum_body_declarations|declaration_list|enum_member_declaration_list)$/;

const namesIn = (node: PlainNode): string[] =>
  /type_list$/.test(node.type) ||
  node.type === 'super_interfaces' ||
  node.type === 'superclass' ||
  node.type === 'extends_interfaces'
    ? node.children.flatMap(namesIn)
    : node.type === 'argument_list'
      ? []
      : node.type === 'primary_constructor_base_type'
        ? [node.children[0]?.text ?? '']
        : [node.text];

function supersOf(node: PlainNode): string[] {
  return node.children
    .filter(({ type }) => /^(superclass|super_interfaces|extends_interfaces|base_list)$/.test(type))
    .flatMap(({ children }) => children.flatMap(namesIn));
}

export function parametersOf(list: PlainNode | undefined): Parameter[] {
  return (list?.children ?? []).flatMap((node): Parameter[] => {
    const declarator = node.children.find(({ type }) => type === 'variable_declarator');
    const name = fieldOf(node, 'name') ?? fieldOf(declarator, 'name');
    const type = fieldOf(node, 'type') ?? (declarator ? node.children[0] : undefined);
    // C#: `string table = "orders"`.
    const value =
      node.type === 'parameter'
        ? node.children.find(
            ({ field, type: kind }) => field === undefined && !/attribute|modifier/.test(kind),
          )
        : fieldOf(node, 'value');
    return name ? [{ name: name.text, ...(type && { type: type.text }), ...(value && { value }) }] : [];
  });
}

function addField(type: ProgramType, name: string, declaration: Declaration): void {
  type.fields.set(name, [...(type.fields.get(name) ?? []), declaration]);
}

export function newMember(
  owner: ProgramType,
  name: string,
  kind: Member['kind'],
  given: Partial<Member> = {},
): Member {
  const member: Member = {
    name,
    kind,
    owner,
    path: owner.path,
    parameters: [],
    bodies: [],
    locals: new Map(),
    isOverride: false,
    ...given,
  };
  owner.members.push(member);
  return member;
}

/** Annotations that nothing calls a member for. */
const callsNothing =
  /(@|\[)(Override|SuppressWarnings|Deprecated|Obsolete|VisibleForTesting|Nullable|NonNull|NotNull|Json\w+|DynamoD[bB]\w*|Tracing|Logging|Metrics|Idempotent|Transactional|Cache\w+|Timed|Counted|Retry\w*|Async|WithSpan|NewSpan|MethodImpl|Pure|SneakyThrows|Synchronized|ExcludeFromCodeCoverage)\b/g;

function readMember(node: PlainNode, type: ProgramType, first: Member, types: ProgramTypes): void {
  const name = fieldOf(node, 'name')?.text ?? '';
  switch (node.type) {
    case 'field_declaration':
    case 'constant_declaration':
    case 'event_field_declaration': {
      const holder = node.children.find((each) => each.type === 'variable_declaration') ?? node;
      const written = fieldOf(holder, 'type')?.text;
      for (const each of holder.children) {
        if (each.type !== 'variable_declarator') continue;
        const value =
          fieldOf(each, 'value') ??
          each.children.find(({ field, type: kind }) => field === undefined && kind !== 'dimensions');
        addField(type, fieldOf(each, 'name')?.text ?? '', {
          ...(written !== undefined && { type: written }),
          ...(value && { value }),
          member: first,
        });
        if (value) first.bodies.push(value);
      }
      return;
    }
    case 'property_declaration': {
      const written = fieldOf(node, 'type')?.text;
      const returned = [...walk(node)].flatMap((each) =>
        each.type === 'return_statement' ? (each.children[0] ?? []) : [],
      );
      const values = [fieldOf(node, 'value') ?? [], returned].flat();
      addField(type, name, { ...(written !== undefined && { type: written }), member: first });
      for (const value of values) addField(type, name, { value, member: first });
      first.bodies.push(node);
      return;
    }
    case 'enum_constant': {
      const at = { at: node.at, text: '' };
      const children = [
        { ...at, type: 'type_identifier', text: type.name, field: 'type', children: [] },
        ...node.children.filter(({ field }) => field === 'arguments'),
      ];
      const value = { ...at, type: 'object_creation_expression', children };
      addField(type, name, { type: type.name, value, member: first });
      first.bodies.push(value);
      return;
    }
    case 'enum_member_declaration':
      addField(type, name, { type: type.name, member: first });
      return;
    case 'static_initializer':
    case 'block':
      first.bodies.push(node);
      return;
    case 'constructor_declaration':
    case 'compact_constructor_declaration':
    case 'method_declaration':
    case 'local_function_statement': {
      const isConstructor = node.type.includes('constructor');
      const result = (fieldOf(node, 'returns') ?? fieldOf(node, 'type'))?.text;
      const head = node.children
        .filter((each) => /^modifiers?$|annotation|attribute/.test(each.type))
        .map(({ text }) => text)
        .join(' ');
      newMember(type, name, isConstructor ? 'constructor' : 'method', {
        path: first.path,
        parameters: parametersOf(fieldOf(node, 'parameters')),
        bodies: node.children.filter(
          ({ field, type: kind }) =>
            field === 'body' || kind === 'constructor_initializer' || kind === 'arrow_expression_clause',
        ),
        ...(result !== undefined && !isConstructor && { result }),
        ...(/^\(\s*this\s/.test(fieldOf(node, 'parameters')?.text ?? '') && { isExtension: true }),
        isOverride: /@Override|\boverride\b/.test(head),
        isAnnotated: /@[A-Z]|\[/.test(head.replaceAll(callsNothing, '')),
      });
      return;
    }
    default:
      if (typeNode.test(node.type)) readType(node, first.path, type.namespace, types, type);
      else if (bodies.test(node.type))
        for (const child of node.children) readMember(child, type, first, types);
  }
}

function readType(
  node: PlainNode,
  path: string,
  namespace: string,
  types: ProgramTypes,
  outer?: ProgramType,
): void {
  const name = fieldOf(node, 'name')?.text ?? '';
  const isPartial = node.children.some(({ type: kind, text }) => kind === 'modifier' && text === 'partial');
  const other = isPartial
    ? types.all.find((each) => each.name === name && each.namespace === namespace)
    : undefined;
  const type: ProgramType = other ?? {
    name,
    path,
    namespace,
    supers: [],
    isInterface: node.type === 'interface_declaration',
    fields: new Map(),
    members: [],
    node,
    ...(outer && { outer }),
  };
  if (!other) types.add(type);
  const parameters = node.children.find(({ type: kind }) => /^type_parameter(s|_list)$/.test(kind));
  if (parameters) type.typeParameters = parameters.children.map(({ children }) => children[0]?.text ?? '');
  type.supers.push(...supersOf(node));
  const first = newMember(type, '(initial)', 'initial', { path });
  // Records, and primary constructors of C#: their parameters are fields.
  const list = fieldOf(node, 'parameters') ?? node.children.find((each) => each.type === 'parameter_list');
  const own = parametersOf(list);
  if (list) {
    const primary = newMember(type, type.name, 'constructor', { path, parameters: own });
    for (const parameter of own) {
      const value: PlainNode = { type: 'identifier', text: parameter.name, at: list.at, children: [] };
      addField(type, parameter.name, {
        ...(parameter.type !== undefined && { type: parameter.type }),
        value,
        member: primary,
      });
      primary.locals.set(parameter.name, []);
    }
    const base = node.children.find((each) => each.type === 'base_list');
    if (base) primary.bodies.push(base);
  }
  for (const child of node.children) readMember(child, type, first, types);
}

/** What a file imports: classes and members by their names, and packages as a whole. */
function importsOf(root: PlainNode): Map<string, string> {
  const imports = new Map<string, string>();
  for (const { type, text } of root.children) {
    if (type === 'import_declaration') {
      const [, isStatic, path = '', all] = /^import\s+(static\s+)?([\w.]+?)(\.\*)?\s*;/.exec(text) ?? [];
      const at = path.lastIndexOf('.');
      if (all !== undefined) imports.set(`*${path}`, '');
      else imports.set(path.slice(at + 1), isStatic === undefined ? path : path.slice(0, at));
    }
    const [, used] =
      type === 'using_directive' ? (/^(?:global\s+)?using\s+([\w.]+)\s*;/.exec(text) ?? []) : [];
    if (used !== undefined) imports.set(`*${used}`, '');
  }
  return imports;
}

const isOfSpring = (path: string): boolean => /^\*?org\.springframework\./.test(path);

/** The types of a file in Java or C#. */
export function readClasses({ path, root }: SourceFile, types: ProgramTypes, settings: Settings): void {
  const imported = importsOf(root);
  types.imports.set(path, imported);
  nameImplicit(root);
  injectTexts(root, { settings, isSpring: [...imported.keys(), ...imported.values()].some(isOfSpring) });
  const visit = (nodes: PlainNode[], namespace: string) => {
    let here = namespace;
    // Statements of C# that stand outside of all types.
    const loose = nodes.filter(({ type }) => type === 'global_statement');
    if (loose.length > 0) {
      const program: ProgramType = {
        name: 'Program',
        path,
        namespace: here,
        supers: [],
        isInterface: false,
        fields: new Map(),
        members: [],
      };
      types.add(program);
      const first = newMember(program, '(initial)', 'initial', { bodies: loose });
      for (const each of loose.flatMap(({ children }) => children))
        if (each.type === 'local_function_statement') readMember(each, program, first, types);
    }
    for (const node of nodes) {
      if (/^(package|file_scoped_namespace)_declaration$/.test(node.type))
        here = (fieldOf(node, 'name') ?? node.children[0])?.text ?? here;
      if (node.type === 'namespace_declaration')
        visit(fieldOf(node, 'body')?.children ?? [], fieldOf(node, 'name')?.text ?? '');
      else if (node.type === 'file_scoped_namespace_declaration') visit(node.children, here);
      else if (typeNode.test(node.type)) readType(node, path, here, types);
    }
  };
  visit(root.children, '');
  for (const { members } of types.all)
    for (const member of members) if (member.path === path) readLocals(member);
}
