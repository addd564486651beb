import type { PlainNode } from '@ringfence/code';
import { fieldOf } from './walk.ts';

export interface Argument {
  /** Where it is given by its name, as C# may. */
  name?: string;
  value: PlainNode;
}

/** What an expression is, in words that are the same for Java, C# and Go. */
export type Shape =
  | { is: 'name'; name: string }
  | { is: 'this' }
  | { is: 'nothing' }
  | { is: 'text'; text: string }
  | { is: 'join'; parts: PlainNode[] }
  | { is: 'either'; options: PlainNode[] }
  | { is: 'member'; object: PlainNode; name: string }
  /** `configuration["TABLE"]`, `tables["orders"]`. */
  | { is: 'element'; object: PlainNode; index: PlainNode }
  | { is: 'call'; object?: PlainNode; name: string; given: Argument[]; generics: string[] }
  /** An object with what is set when it is made. The type is missing where the place says it. */
  | { is: 'made'; type?: string; given: Argument[]; sets: { name: string; value: PlainNode }[] }
  | { is: 'function'; parameters: string[]; body: PlainNode }
  /** `this::save`, `Repo::new`. */
  | { is: 'reference'; object: PlainNode; name: string }
  /** What has the same value: in parentheses, awaited, cast, a pointer. */
  | { is: 'same'; value: PlainNode }
  | { is: 'other' };

const other: Shape = { is: 'other' };
const same = (value: PlainNode | undefined): Shape => (value ? { is: 'same', value } : other);

function unquoted(text: string): string {
  const [, raw] = /^`([^`]*)`$/s.exec(text) ?? /^"""\s*(.*?)\s*"""$/s.exec(text) ?? [];
  if (raw !== undefined) return raw;
  const [, plain = ''] = /^[@$]*"(.*)"$/s.exec(text) ?? [];
  return text.startsWith('@') ? plain.replaceAll('""', '"') : plain.replaceAll(/\\(.)/g, '$1');
}

function argumentsOf(list: PlainNode | undefined): Argument[] {
  return (list?.children ?? []).flatMap((node): Argument[] => {
    if (node.type !== 'argument') return [{ value: node }];
    const value = node.children.at(-1);
    const name = node.children.length > 1 ? fieldOf(node, 'name')?.text : undefined;
    return value ? [{ value, ...(name !== undefined && { name }) }] : [];
  });
}

const initial = (node: PlainNode | undefined): { name: string; value: PlainNode }[] =>
  (node?.children ?? []).flatMap((each) => {
    const [left, right] = [fieldOf(each, 'left'), fieldOf(each, 'right')];
    return each.type === 'assignment_expression' && left && right ? [{ name: left.text, value: right }] : [];
  });

/** The value in a composite literal of Go. */
const element = (node: PlainNode | undefined): PlainNode | undefined =>
  node?.type === 'literal_element' ? node.children[0] : node;

function binary(node: PlainNode): Shape {
  const [left, right] = [fieldOf(node, 'left'), fieldOf(node, 'right')];
  if (!left || !right) return other;
  const operator = node.text.slice(left.text.length, node.text.length - right.text.length).trim();
  // What is too long to have its text is a chain of texts.
  if (node.text === '' || operator.startsWith('+')) return { is: 'join', parts: [left, right] };
  return operator.startsWith('??') ? { is: 'either', options: [left, right] } : other;
}

function calledInGoOrCsharp(node: PlainNode): Shape {
  const written = fieldOf(node, 'function');
  // Go: NewTable[Order](client)
  const callee = written?.type === 'index_expression' ? fieldOf(written, 'operand') : written;
  const given = argumentsOf(fieldOf(node, 'arguments'));
  if (!callee) return other;
  // x?.Call()
  const [object, binding] =
    callee.type === 'conditional_access_expression'
      ? callee.children
      : [
          fieldOf(callee, 'expression') ?? fieldOf(callee, 'operand'),
          fieldOf(callee, 'name') ? callee : undefined,
        ];
  const name = fieldOf(binding, 'name') ?? fieldOf(callee, 'field') ?? callee;
  const generic = name.type === 'generic_name' ? name.children : [];
  const called = generic[0]?.text ?? name.text;
  const generics = generic[1]?.children.map(({ text }) => text) ?? [];
  if (object) return { is: 'call', object, name: called, given, generics };
  return /^\w+$/.test(called) ? { is: 'call', name: called, given, generics } : other;
}

const names = (node: PlainNode | undefined): string[] =>
  node === undefined
    ? []
    : /^(identifier|implicit_parameter)$/.test(node.type)
      ? [node.text]
      : node.children.flatMap((child) => {
          const named = child.children.filter(({ field }) => field === 'name');
          return named.length > 0 ? named.map(({ text }) => text) : names(child);
        });

/** What the cases of a switch give back. */
function* results({ children }: PlainNode): Generator<PlainNode> {
  for (const child of children) {
    const last = child.children.at(-1);
    if (child.type === 'switch_block') yield* results(child);
    else if (child.type === 'switch_expression_arm' && last) yield last;
    else if (child.type === 'switch_rule' && last?.type === 'expression_statement') yield* last.children;
  }
}

/** Whether a chain of calls puts a client together, and is not through with it: `S3AsyncClient.crtBuilder().maxConcurrency(8)`. */
export function isBuilding(node: PlainNode): boolean {
  for (let shape = shapeOf(node); shape.is === 'call' && shape.object; shape = shapeOf(shape.object)) {
    if (/^(crtBuilder|builder|standard)$/.test(shape.name)) return true;
    if (shape.name === 'build') return false;
  }
  return false;
}

/** Looks at one node; what is inside is left for others to look at. */
export function shapeOf(node: PlainNode): Shape {
  const { type, text, children } = node;
  const field = (name: string) => fieldOf(node, name);
  switch (type) {
    case 'identifier':
    case 'field_identifier':
    case 'type_identifier':
    case 'package_identifier':
      return { is: 'name', name: text };
    case 'this':
    case 'this_expression':
    case 'base':
    case 'base_expression':
    case 'super':
      return { is: 'this' };
    case 'null_literal':
    case 'nil':
    case 'throw_expression':
    case 'default_expression':
      return { is: 'nothing' };
    case 'string_literal':
    case 'verbatim_string_literal':
    case 'raw_string_literal':
    case 'interpreted_string_literal':
      return text === '' ? other : { is: 'text', text: unquoted(text) };
    case 'string_content':
    case 'interpreted_string_literal_content':
      return { is: 'text', text };
    case 'interpolated_string_expression':
      return {
        is: 'join',
        parts: children.flatMap((part) =>
          part.type === 'interpolation'
            ? (part.children.find((each) => each.type !== 'interpolation_brace') ?? [])
            : /content|text/.test(part.type)
              ? part
              : [],
        ),
      };
    case 'binary_expression':
      return binary(node);
    case 'ternary_expression':
    case 'conditional_expression': {
      const options = [field('consequence'), field('alternative')].filter((each) => each !== undefined);
      return { is: 'either', options };
    }
    case 'switch_expression':
      return { is: 'either', options: [...results(node)] };
    case 'field_access':
    case 'member_access_expression':
    case 'selector_expression': {
      const object = field('object') ?? field('expression') ?? field('operand');
      const name = field('field') ?? field('name');
      return object && name ? { is: 'member', object, name: name.text } : other;
    }
    case 'conditional_access_expression': {
      const [object, binding] = children;
      const name = fieldOf(binding, 'name');
      return object && name ? { is: 'member', object, name: name.text } : other;
    }
    case 'element_access_expression':
    case 'index_expression': {
      const object = field('expression') ?? field('operand');
      const index = field('index') ?? argumentsOf(field('subscript'))[0]?.value;
      return object && index ? { is: 'element', object, index } : other;
    }
    case 'method_invocation': {
      const object = field('object');
      const given = argumentsOf(field('arguments'));
      return { is: 'call', ...(object && { object }), name: field('name')?.text ?? '', given, generics: [] };
    }
    case 'invocation_expression':
    case 'call_expression':
      return calledInGoOrCsharp(node);
    case 'object_creation_expression':
      return {
        is: 'made',
        type: field('type')?.text ?? '',
        given: argumentsOf(field('arguments')),
        sets: initial(field('initializer')),
      };
    case 'implicit_object_creation_expression':
      return {
        is: 'made',
        given: argumentsOf(children.find((each) => each.type === 'argument_list')),
        sets: initial(children.find((each) => each.type === 'initializer_expression')),
      };
    case 'composite_literal':
      return {
        is: 'made',
        type: field('type')?.text ?? '',
        // What has no key is in the order of the fields.
        given: (field('body')?.children ?? []).flatMap((each) => {
          const value = each.type === 'keyed_element' ? undefined : element(each);
          return value ? [{ value }] : [];
        }),
        sets: (field('body')?.children ?? []).flatMap((each) => {
          const [key, value] = [element(fieldOf(each, 'key')), element(fieldOf(each, 'value'))];
          return key && value ? [{ name: key.text, value }] : [];
        }),
      };
    case 'lambda_expression':
    case 'func_literal':
    case 'anonymous_method_expression': {
      const body = field('body');
      return body ? { is: 'function', parameters: names(field('parameters')), body } : other;
    }
    case 'method_reference': {
      const [object, name] = children;
      return object ? { is: 'reference', object, name: name?.text ?? 'new' } : other;
    }
    case 'argument':
      return same(children.at(-1));
    case 'literal_element':
    case 'parenthesized_expression':
    case 'await_expression':
    case 'unary_expression':
    case 'arrow_expression_clause':
    case 'postfix_unary_expression':
    case 'expression_list':
    case 'type_assertion_expression':
      return same(children[0]);
    case 'cast_expression':
    case 'as_expression':
      return same(field('value') ?? field('left') ?? children.at(-1));
    default:
      return other;
  }
}
