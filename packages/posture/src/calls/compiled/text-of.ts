import type { PlainNode } from '@ringfence/code';
import { hole, literal } from '../../template/substitution.ts';
import type { Declarations } from './declarations.ts';
import { lastName } from './walk.ts';

const unknown = hole('?');
/** Names that stand for one another. */
const DEEPEST = 6;
const environment =
  /\b(?:System\.getenv|os\.Getenv|(?:System\.)?Environment\.GetEnvironmentVariable)\(\s*"(\w+)"\s*\)(?:\.get\("(\w+)"\))?/g;
const environmentMap = /\bSystem\.getenv\(\)\.get(?:OrDefault)?\(\s*"(\w+)"/;

const unquote = (text: string): string | undefined => {
  const [, plain] = /^@?"((?:[^"\\]|\\.)*)"$/s.exec(text) ?? [];
  return plain?.replaceAll(/\\(.)/g, '$1') ?? /^`([^`]*)`$/s.exec(text)?.[1];
};

/** The text that an expression is, in the Fn::Sub form; `${?}` for what is not known. */
export function textOf(node: PlainNode | undefined, declarations: Declarations, depth = 0): string {
  if (!node || depth > DEEPEST) return unknown;
  const { type, text, children } = node;
  const inside = (child: PlainNode | undefined) => textOf(child, declarations, depth + 1);
  const plain = /string_literal|raw_string|^string$/.test(type) ? unquote(text) : undefined;
  if (plain !== undefined) return literal(plain);
  if (type === 'binary_expression' && /^[^"]*\+|"\s*\+/.test(text) && children.length === 2)
    return children.map(inside).join('');
  if (type === 'interpolated_string_expression')
    return children
      .map((part) =>
        part.type === 'interpolation'
          ? inside(part.children[0])
          : /content|text/.test(part.type)
            ? literal(part.text)
            : '',
      )
      .join('');
  if (/^(unary|parenthesized)_expression$/.test(type)) return inside(children[0]);
  const variables = [...text.matchAll(environment)];
  const [variable] = variables;
  if (variable?.[1] !== undefined && variables.length === 1) return hole(`env:${variable[1]}`);
  const [, mapped] = environmentMap.exec(text) ?? [];
  if (mapped !== undefined) return hole(`env:${mapped}`);
  const [, wrapped] = /^(?:aws\.String|Objects\.requireNonNull)\((.*)\)$/s.exec(text) ?? [];
  if (wrapped !== undefined) return inside(children.at(-1)?.children[0]);
  if (
    /^(identifier|field_access|member_access_expression|selector_expression|simple_identifier)$/.test(type)
  ) {
    const values = (declarations.get(lastName(text)) ?? []).flatMap(({ value }) => value ?? []);
    const texts = new Set(values.map((value) => textOf(value, declarations, depth + 1)));
    const [only] = texts;
    return texts.size === 1 && only !== undefined ? only : unknown;
  }
  return unknown;
}
