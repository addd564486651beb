import type { Node } from 'web-tree-sitter';
import { PostureError } from '../../posture-error.ts';
import { inWords, type Place } from '../../template/place.ts';
import { dedent, unescapeQuoted, unescapeTemplate } from './literal-text.ts';
import type { Expression } from './syntax.ts';

/** Levels of one expression, and of blocks in blocks. */
const DEEPEST = 100;

const isOperator = ({ type }: Node) => /^([-+*/%]|[=!<>]=|[<>]|&&|\|\|)$/.test(type);
const partsOf = (node: Node) => node.children.filter(({ type }) => type !== 'comment');
const ofType = (node: Node, type: string) => node.namedChildren.find((child) => child.type === type);

/** Makes expressions of the nodes of a tree-sitter grammar. */
export class ExpressionReader {
  readonly #text: string;
  readonly #file: string;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  placeOf({ startPosition: { row, column } }: Node): Place {
    return { file: this.#file, line: row + 1, column: column + 1 };
  }

  checkDepth(node: Node, depth: number): void {
    if (depth > DEEPEST)
      throw new PostureError(`${inWords(this.placeOf(node))}: is nested more than ${DEEPEST} levels deep`);
  }

  read(node: Node, depth: number): Expression {
    this.checkDepth(node, depth);
    return this.#readOperand(partsOf(node), node, depth);
  }

  /** A value and what is taken of it: `a`, `.b`, `[0]`. */
  #readOperand([first, ...rest]: Node[], node: Node, depth: number): Expression {
    if (first?.type === '(') {
      const close = rest.findIndex(({ type }) => type === ')');
      const inner = rest[close - 1];
      return inner
        ? this.#readSteps(this.read(inner, depth + 1), rest.slice(close + 1), depth)
        : this.#constant(node, null);
    }
    return this.#readSteps(
      first ? this.#readPlain(first, depth + 1) : this.#constant(node, null),
      rest,
      depth,
    );
  }

  #readSteps(of: Expression, steps: Node[], depth: number): Expression {
    return steps.reduce<Expression>((value, step) => {
      const at = value.at;
      const [inner = step] = step.namedChildren;
      switch (step.type) {
        case 'get_attr':
          return { kind: 'attribute', of: value, name: inner.text, at };
        case 'index': {
          const legacy = /^\.(\d+)$/.exec(inner.text.trim());
          const expression = ofType(inner, 'expression');
          const index: Expression = expression
            ? this.read(expression, depth + 1)
            : this.#constant(inner, Number(legacy?.[1] ?? inner.text.replace(/\D/g, '')));
          return { kind: 'index', of: value, index, at };
        }
        case 'splat': {
          const item: Expression = { kind: 'name', name: '*', at };
          const each = this.#readSteps(
            item,
            inner.namedChildren.filter(({ type }) => type === 'get_attr' || type === 'index'),
            depth,
          );
          return { kind: 'splat', of: value, each, at };
        }
        default:
          return value;
      }
    }, of);
  }

  #constant(node: Node, value: string | number | boolean | null): Expression {
    return { kind: 'constant', value, at: this.placeOf(node) };
  }

  #readPlain(node: Node, depth: number): Expression {
    this.checkDepth(node, depth);
    const at = this.placeOf(node);
    const [inner] = node.namedChildren;
    switch (node.type) {
      case 'expression':
        return this.read(node, depth + 1);
      case 'literal_value':
      case 'template_expr':
      case 'collection_value':
        return inner ? this.#readPlain(inner, depth + 1) : this.#constant(node, null);
      case 'numeric_lit':
        return this.#constant(node, Number(node.text));
      case 'null_lit':
        return this.#constant(node, null);
      case 'bool_lit':
        return this.#constant(node, node.text === 'true');
      case 'string_lit':
      case 'quoted_template':
        return this.#readTemplate(node, depth);
      case 'heredoc_template':
        return this.#readHeredoc(node, depth);
      case 'variable_expr':
        return { kind: 'name', name: node.text, at };
      case 'tuple':
        return { kind: 'list', items: this.#readAll(node, depth), at };
      case 'object':
        return { kind: 'object', entries: this.#readEntries(node, depth), at };
      case 'function_call': {
        const given = ofType(node, 'function_arguments');
        return {
          kind: 'call',
          name: inner?.text ?? '',
          arguments: given ? this.#readAll(given, depth) : [],
          expandsLast: given?.namedChildren.some(({ type }) => type === 'ellipsis') ?? false,
          at,
        };
      }
      case 'conditional': {
        const [condition, then, otherwise] = this.#readAll(node, depth);
        return condition && then && otherwise
          ? { kind: 'conditional', condition, then, otherwise, at }
          : this.#constant(node, null);
      }
      case 'operation':
        return inner ? this.#readOperation(inner, depth) : this.#constant(node, null);
      case 'for_expr':
        return inner ? this.#readFor(inner, depth) : this.#constant(node, null);
      default:
        throw new PostureError(`${inWords(at)}: ${node.type} of Terraform's language is not known`);
    }
  }

  #readAll(node: Node, depth: number): Expression[] {
    return node.namedChildren
      .filter(({ type }) => type === 'expression')
      .map((child) => this.read(child, depth + 1));
  }

  #readEntries(node: Node, depth: number) {
    return node.namedChildren
      .filter(({ type }) => type === 'object_elem')
      .flatMap((child) => {
        const [key, value] = this.#readAll(child, depth);
        // A bare name is a text there; one in parentheses is evaluated.
        const isBare = key?.kind === 'name' && ofType(child, 'expression')?.children[0]?.type !== '(';
        const name: Expression | undefined =
          key?.kind === 'name' && isBare ? { kind: 'constant', value: key.name, at: key.at } : key;
        return name && value ? [{ key: name, value }] : [];
      });
  }

  #readOperation(node: Node, depth: number): Expression {
    const parts = partsOf(node);
    const at = this.placeOf(node);
    const position = parts.findIndex(isOperator);
    const operator = node.type === 'unary_operation' ? (parts[0]?.type ?? '') : (parts[position]?.type ?? '');
    const sides =
      node.type === 'unary_operation'
        ? [parts.slice(1)]
        : [parts.slice(0, position), parts.slice(position + 1)];
    return {
      kind: 'operation',
      operator,
      operands: sides.map((side) => this.#readOperand(side, node, depth + 1)),
      at,
    };
  }

  #readFor(node: Node, depth: number): Expression {
    const intro = ofType(node, 'for_intro');
    const [collection] = intro ? this.#readAll(intro, depth) : [];
    const values = this.#readAll(node, depth);
    const [key, value] = node.type === 'for_object_expr' ? values : [undefined, values[0]];
    const filter = ofType(node, 'for_cond');
    const [condition] = filter ? this.#readAll(filter, depth) : [];
    if (!collection || !value) return this.#constant(node, null);
    const names =
      intro?.namedChildren.filter(({ type }) => type === 'identifier').map(({ text }) => text) ?? [];
    return {
      kind: 'for',
      names,
      collection,
      ...(key && { key }),
      value,
      ...(condition && { condition }),
      groups: node.namedChildren.some(({ type }) => type === 'ellipsis'),
      at: this.placeOf(node),
    };
  }

  /** The text between is taken from the file, as the grammar leaves spaces out. */
  #readParts(node: Node, from: number, to: number, decode: (text: string) => string, depth: number) {
    const parts: Expression[] = [];
    let position = from;
    const take = (end: number) => {
      if (end > position) parts.push(this.#constant(node, decode(this.#text.slice(position, end))));
    };
    for (const child of node.namedChildren) {
      if (child.type !== 'template_interpolation' && child.type !== 'template_directive') continue;
      take(child.startIndex);
      const expression = ofType(child, 'expression');
      // Directives choose and repeat; what is in them is not known.
      parts.push(
        expression
          ? this.read(expression, depth + 1)
          : { kind: 'name', name: 'directive', at: this.placeOf(child) },
      );
      position = child.endIndex;
    }
    take(to);
    return parts;
  }

  #readTemplate(node: Node, depth: number): Expression {
    const parts = this.#readParts(node, node.startIndex + 1, node.endIndex - 1, unescapeQuoted, depth);
    const [only] = parts;
    if (!only) return this.#constant(node, '');
    return parts.length === 1 ? only : { kind: 'template', parts, at: this.placeOf(node) };
  }

  #readHeredoc(node: Node, depth: number): Expression {
    const [opening, closing] = node.namedChildren.filter(({ type }) => type === 'heredoc_identifier');
    const from = this.#text.indexOf('\n', opening?.endIndex ?? node.startIndex) + 1;
    const to = this.#text.lastIndexOf('\n', closing?.startIndex ?? node.endIndex) + 1;
    const parts = this.#readParts(node, from, Math.max(from, to), unescapeTemplate, depth);
    const isIndented = this.#text.startsWith('<<-', node.startIndex);
    return {
      kind: 'template',
      parts: isIndented ? dedent(parts) : parts,
      isHeredoc: true,
      at: this.placeOf(node),
    };
  }
}
