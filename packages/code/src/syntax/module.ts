import type { SourceLanguage } from '../source-language.ts';

/** Where something stands: counted from 1, the column in UTF-16 units. */
export interface Position {
  line: number;
  column: number;
}

/**
 * What a value is made of, the same for all languages: as much as is needed to follow values from where they come to where they go. Types, and what
 * only says how often or in which order, are left out.
 */
export type Expression = { at: Position } & (
  | { kind: 'name'; name: string }
  | { kind: 'constant'; value: string | number | boolean | null }
  /** A text put together: templates, concatenation, formatting. */
  | { kind: 'join'; parts: Expression[] }
  | { kind: 'member'; object: Expression; property: string }
  | { kind: 'element'; object: Expression; index: Expression }
  | {
      kind: 'call';
      callee: Expression;
      arguments: Expression[];
      named: { name: string; value: Expression }[];
      isNew: boolean;
    }
  /** An entry has a key that is known, or one that is computed; a spread has neither. */
  | {
      kind: 'object';
      entries: {
        key?: string;
        computed?: Expression;
        value: Expression;
        isSpread?: boolean;
        isGetter?: boolean;
      }[];
    }
  | { kind: 'list'; items: Expression[] }
  | { kind: 'function'; function: FunctionSyntax }
  | { kind: 'class'; class: ClassSyntax }
  /** One of them: conditions, defaults, alternatives. With a condition the first where that holds, and the second where it does not. */
  | { kind: 'choice'; options: Expression[]; condition?: Expression }
  /** `x = y` as a value. */
  | { kind: 'assignment'; target: Expression; value: Expression }
  /** A module as a value: require('x'), import('x'). */
  | { kind: 'import'; from: string }
  /** What a generator gives out. */
  | { kind: 'yield'; value: Expression }
  /** A spread argument or item; of Python's `**`, what it holds has names. */
  | { kind: 'spread'; value: Expression; isNamed?: boolean }
  /** What is no text any more: numbers, comparisons, lengths. The parts are kept for what they call. */
  | { kind: 'scalar'; parts: Expression[]; operator?: 'not' | 'in' | 'equal' }
  /** Anything else that may pass its parts on. */
  | { kind: 'other'; parts: Expression[] }
);

export interface FunctionSyntax {
  name?: string;
  /** Names, or what they are taken apart into; a rest parameter is a spread, one with a default a choice. */
  parameters: Expression[];
  body: Statement[];
  at: Position;
}

export interface ClassSyntax {
  name: string;
  bases: Expression[];
  body: Statement[];
}

export type Statement = { at: Position } & (
  | { kind: 'expression'; value: Expression }
  /** Members of classes are the class's own where they are `isStatic`. */
  | { kind: 'assign'; target: Expression; value: Expression; isDeclaration?: boolean; isStatic?: boolean }
  | { kind: 'return'; value?: Expression }
  /** A getter is called where it is named. */
  | {
      kind: 'function';
      name: string;
      function: FunctionSyntax;
      decorators: Expression[];
      isStatic?: boolean;
      isGetter?: boolean;
    }
  | ({ kind: 'class' } & ClassSyntax)
  /** Any of these may run, and loops several times. A branch runs where its condition holds and those before do not. */
  | { kind: 'branch'; branches: Statement[][]; conditions?: (Expression | undefined)[]; isLoop: boolean }
  /** The block ends here: throw, break, continue. */
  | { kind: 'exit' }
  | { kind: 'import'; from: string; names: ImportedName[] }
  | { kind: 'export'; names: { local: string; exported: string }[] }
);

/** `name` is `*` for the module itself, and `default` for its default export. */
export interface ImportedName {
  name: string;
  local: string;
}

/** One file of source code. */
export interface Module {
  path: string;
  language: SourceLanguage;
  body: Statement[];
  /** Whether some of it could not be parsed; the rest is there. */
  isPartial: boolean;
}
