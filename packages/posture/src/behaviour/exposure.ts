import type { OutsideCall, Value } from '@ringfence/code';
import type { SwitchedClass } from '@ringfence/policy/schema';
import { type CodeRuleName, sinks } from '@ringfence/scan';

/** What stops an injection into calls of that kind. */
const classes: Readonly<Record<CodeRuleName, SwitchedClass>> = {
  'code/command-injection': 'cmdi',
  'code/code-injection': 'code',
  'code/template-injection': 'code',
  'code/unsafe-deserialisation': 'code',
  'code/sql-injection': 'sqli',
  'code/path-traversal': 'lfi',
  'code/request-forgery': 'ssrf',
  'code/cross-site-scripting': 'xss',
};

/** Whether a part of it comes from outside, or is not known. */
const isOpen = ({ texts, taints }: Value): boolean =>
  taints.length > 0 || texts.some((parts) => parts.some((part) => 'unknown' in part));

/** The kinds of injection that a call would be open to, if nobody looked at what comes in. */
export const exposureOf = (call: OutsideCall): SwitchedClass[] =>
  sinks
    .filter(({ of }) => of.test(call.symbol))
    .filter(({ takes }) => {
      const values = takes ? takes(call) : call.arguments.slice(0, 1);
      return values.some((value) => value && isOpen(value));
    })
    .map(({ rule }) => classes[rule]);
