import type { Place } from '../../template/place.ts';

/** What an argument is set to. */
export type Expression = { at: Place } & (
  | { kind: 'constant'; value: string | number | boolean | null }
  /** A text with holes. `isHeredoc`: on lines of its own, behind where it begins. */
  | { kind: 'template'; parts: Expression[]; isHeredoc?: boolean }
  | { kind: 'list'; items: Expression[] }
  | { kind: 'object'; entries: { key: Expression; value: Expression }[] }
  | { kind: 'call'; name: string; arguments: Expression[]; expandsLast: boolean }
  | { kind: 'conditional'; condition: Expression; then: Expression; otherwise: Expression }
  | { kind: 'operation'; operator: string; operands: Expression[] }
  | { kind: 'name'; name: string }
  | { kind: 'attribute'; of: Expression; name: string }
  | { kind: 'index'; of: Expression; index: Expression }
  /** `each` is evaluated for every item, which is the name `*` there. */
  | { kind: 'splat'; of: Expression; each: Expression }
  | ForExpression
);

export interface ForExpression {
  kind: 'for';
  names: string[];
  collection: Expression;
  /** Of an object only. */
  key?: Expression;
  value: Expression;
  condition?: Expression;
  groups: boolean;
}

export interface Block {
  type: string;
  labels: string[];
  body: Body;
  at: Place;
}

/** Arguments and blocks, as a file or a block has them. */
export interface Body {
  attributes: Map<string, { value: Expression; at: Place }>;
  blocks: Block[];
}
