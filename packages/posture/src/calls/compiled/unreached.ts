import type { PlainNode } from '@ringfence/code';
import { fill } from '../../template/substitution.ts';
import type { Follower } from './follow.ts';
import type { Frame } from './frame.ts';
import { shapeOf } from './shape.ts';
import { fieldOf, walk } from './walk.ts';

/** Variables of a function's environment whose values are known. */
export type Environment = Readonly<Record<string, string>>;

interface Case {
  node: PlainNode;
  /** The values that it is for; undefined for what is left. */
  labels?: PlainNode[];
}

/** The cases of a switch. Labels without statements are for those of the next. */
function casesOf(node: PlainNode): Case[] {
  const holder = /^switch_(expression|statement)$/.test(node.type) ? (fieldOf(node, 'body') ?? node) : node;
  let open: PlainNode[] = [];
  return holder.children.flatMap((each): Case[] => {
    if (each.type === 'default_case') return [{ node: each }];
    if (each.type === 'expression_case')
      return [{ node: each, labels: fieldOf(each, 'value')?.children ?? [] }];
    if (!/^switch_(rule|block_statement_group|section|expression_arm)$/.test(each.type)) return [];
    const heads = each.children.filter(({ type }) => /^switch_label$|_pattern$/.test(type));
    const labels = heads.flatMap((head) => [...walk(head)].filter(({ type }) => type === 'string_literal'));
    const isBare = each.children.length === heads.length;
    open.push(...labels);
    if (isBare) return [];
    const own = open;
    open = [];
    return [{ node: each, ...(own.length > 0 && { labels: own }) }];
  });
}

/** What is compared with what: `a == "x"`, `"x".equals(a)`. */
function comparedIn(condition: PlainNode): { sides: PlainNode[]; isEqual: boolean } | undefined {
  const shape = shapeOf(condition);
  if (shape.is === 'same' && condition.type === 'parenthesized_expression') return comparedIn(shape.value);
  if (shape.is === 'call' && /^equals(IgnoreCase)?$/i.test(shape.name) && shape.object && shape.given[0])
    return { sides: [shape.object, shape.given[0].value], isEqual: true };
  const [left, right] = [fieldOf(condition, 'left'), fieldOf(condition, 'right')];
  if (condition.type !== 'binary_expression' || !left || !right) return undefined;
  const operator = condition.text.slice(left.text.length, condition.text.length - right.text.length).trim();
  return /^[!=]=$/.test(operator) ? { sides: [left, right], isEqual: operator === '==' } : undefined;
}

/** Finds what of a program does not run with a function's environment: cases, branches and entries that are for other values of its variables. */
class Choices {
  readonly unreached = new Set<PlainNode>();
  readonly #follower: Follower;
  readonly #environment: Environment;
  /** Of maps that are written out: the keys that are looked up; undefined where any may be. */
  readonly #keys = new Map<PlainNode, Set<string> | undefined>();

  constructor(follower: Follower, environment: Environment) {
    this.#follower = follower;
    this.#environment = environment;
  }

  /** The one value that an expression has by the environment. */
  #chosen(node: PlainNode, frame: Frame): string | undefined {
    const [text = '', ...others] = this.#follower.textsOf(node, frame);
    if (others.length > 0 || !text.includes('${env:')) return undefined;
    const filled = fill(text, (name) =>
      name.startsWith('env:') ? this.#environment[name.slice(4)] : undefined,
    );
    return filled.includes('${') ? undefined : filled;
  }

  /** The text that is written out there. */
  #written(node: PlainNode, frame: Frame): string | undefined {
    const [text = '${', ...others] = this.#follower.textsOf(node, frame);
    return others.length > 0 || text.includes('${') ? undefined : text;
  }

  look(node: PlainNode, frame: Frame): void {
    if (/^(expression_switch_statement|switch_statement|switch_expression)$/.test(node.type))
      this.#lookAtSwitch(node, frame);
    else if (node.type === 'if_statement') this.#lookAtIf(node, frame);
    else if (node.type === 'index_expression') this.#lookAtIndex(node, frame);
  }

  #lookAtSwitch(node: PlainNode, frame: Frame): void {
    const on = fieldOf(node, 'value') ?? fieldOf(node, 'condition') ?? node.children[0];
    const value = on && this.#chosen(on, frame);
    if (value === undefined) return;
    const cases = casesOf(node);
    const isFor = ({ labels }: Case) =>
      labels?.some((label) => this.#written(label, frame) === value) === true;
    const isClear = ({ labels = [] }: Case) =>
      labels.every((label) => this.#written(label, frame) !== undefined);
    const isMet = cases.some(isFor);
    for (const each of cases)
      if (each.labels ? isClear(each) && !isFor(each) : isMet) this.unreached.add(each.node);
  }

  #lookAtIf(node: PlainNode, frame: Frame): void {
    const condition = fieldOf(node, 'condition');
    const compared = condition && comparedIn(condition);
    if (!compared) return;
    const values = compared.sides.map((side) => this.#chosen(side, frame) ?? this.#written(side, frame));
    const isByEnvironment = compared.sides.some((side) => this.#chosen(side, frame) !== undefined);
    const [left, right] = values;
    if (!isByEnvironment || left === undefined || right === undefined) return;
    const other = fieldOf(node, (left === right) === compared.isEqual ? 'alternative' : 'consequence');
    if (other) this.unreached.add(other);
  }

  /** Go: `handlers[os.Getenv("HANDLER")]`. */
  #lookAtIndex(node: PlainNode, frame: Frame): void {
    const shape = shapeOf(node);
    if (shape.is !== 'element' || shapeOf(shape.object).is !== 'name') return;
    const key = this.#chosen(shape.index, frame);
    for (const place of this.#follower.definitionsOf(shape.object, frame)) {
      if (place.node.type !== 'composite_literal') continue;
      const keys = this.#keys.has(place.node) ? this.#keys.get(place.node) : new Set<string>();
      this.#keys.set(place.node, key === undefined ? undefined : keys?.add(key));
    }
  }

  /** Leaves out the entries of maps that nothing looks up. A map that is used in another way is left whole. */
  prune(isUsedOtherwise: (map: PlainNode) => boolean): void {
    for (const [map, keys] of this.#keys) {
      if (!keys || isUsedOtherwise(map)) continue;
      for (const entry of fieldOf(map, 'body')?.children ?? []) {
        const key = fieldOf(entry, 'key')?.children[0];
        const shape = key && shapeOf(key);
        if (shape?.is === 'text' && !keys.has(shape.text)) this.unreached.add(entry);
      }
    }
  }
}

export function unreachedNodes(follower: Follower, environment: Environment): ReadonlySet<PlainNode> {
  const choices = new Choices(follower, environment);
  const used = new Set<PlainNode>();
  for (const [node, member] of follower.everyNode()) {
    choices.look(node, { member });
    for (const child of node.children)
      if (child.type === 'identifier' && child.field !== 'name' && node.type !== 'index_expression')
        for (const { value } of follower.declarationsOf(child.text, { member }) ?? [])
          if (value) used.add(value);
  }
  choices.prune((map) => used.has(map));
  return choices.unreached;
}
