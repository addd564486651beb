import type { PlainNode } from '@ringfence/code';
import { type Settings, settingKey } from './settings.ts';
import { fieldOf, modifiersOf } from './walk.ts';

/** Settings that name one another. */
const DEEPEST = 5;

/** What a container takes from where files name it. */
export interface Injection {
  settings: Settings;
  /** Micronaut and MicroProfile write `queue-url` as QUEUE_URL, Spring as QUEUEURL. */
  isSpring: boolean;
}

const variableOf = (name: string, isSpring: boolean): string =>
  /^[A-Z][A-Z0-9_]*$/.test(name)
    ? name
    : (isSpring ? name.replaceAll('-', '') : name).replaceAll(/\W/g, '_').toUpperCase();

/** A text with `${name:default}` in it, as an expression. */
function expressionOf(text: string, from: PlainNode, injection: Injection, depth = 0): PlainNode {
  const at = { at: from.at, children: [] };
  const pieces = text.split(/(\$\{[^}]*\})/).filter((piece) => piece !== '');
  const children = pieces.map((piece): PlainNode => {
    const [, name] = /^\$\{([^:}]*)/.exec(piece) ?? [];
    if (name === undefined) return { ...at, type: 'string_content', text: piece };
    return { ...at, type: 'interpolation', text: piece, children: [settingOf(name, from, injection, depth)] };
  });
  return { ...at, type: 'interpolated_string_expression', text, children };
}

function settingOf(name: string, from: PlainNode, injection: Injection, depth: number): PlainNode {
  const text = depth < DEEPEST ? injection.settings.get(settingKey(name)) : undefined;
  return text === undefined
    ? { type: 'environment', text: variableOf(name, injection.isSpring), at: from.at, children: [] }
    : expressionOf(text, from, injection, depth + 1);
}

const annotations: readonly [RegExp, (argument: string) => string][] = [
  [/@Value\s*\(\s*(?:value\s*=\s*)?"((?:[^"\\]|\\.)*)"/, (text) => text],
  [/@(?:ConfigProperty|Property)\s*\(\s*(?:name\s*=\s*)?"([^"]+)"/, (name) => `\${${name}}`],
];

/** By the annotation of a field or a parameter: `@Value("${ORDERS_TABLE}")`. */
function annotated(declared: PlainNode, injection: Injection): PlainNode | undefined {
  for (const [pattern, textOf] of annotations) {
    const [, argument] = pattern.exec(modifiersOf(declared)) ?? [];
    if (argument !== undefined) return expressionOf(textOf(argument), declared, injection);
  }
  return undefined;
}

function give(declarator: PlainNode | undefined, value: PlainNode | undefined): void {
  if (declarator && value && !fieldOf(declarator, 'value'))
    declarator.children.push({ ...value, field: 'value' });
}

/** Writes into fields and parameters of Java the texts that a container puts there. `prefix`: of a class with `@ConfigurationProperties("app")`. */
export function injectTexts(node: PlainNode, injection: Injection, prefix?: string): void {
  const [, own] =
    /@ConfigurationProperties\s*\(\s*(?:(?:prefix|value)\s*=\s*)?"([^"]+)"/.exec(modifiersOf(node)) ?? [];
  const inside = own ?? (/_body$|^formal_parameters$/.test(node.type) ? prefix : undefined);
  if (/^(field_declaration|formal_parameter)$/.test(node.type)) {
    const declarator = fieldOf(node, 'declarator') ?? node;
    const setting = `${prefix}.${fieldOf(declarator, 'name')?.text}`;
    const isSet = prefix !== undefined && injection.settings.has(settingKey(setting));
    give(declarator, isSet ? settingOf(setting, node, injection, 0) : annotated(node, injection));
    return;
  }
  for (const child of node.children) injectTexts(child, injection, inside);
}
