import type { Value } from '@ringfence/code';
import { hole } from '../template/substitution.ts';

/** What the platform writes in an event of what it comes from, by the way to it, and the kinds of triggers that send it. */
const names: readonly [name: string, source: RegExp, triggers: RegExp][] = [
  ['event:bucket', /^event\.[Rr]ecords\.s3\.bucket$/, /^s3( bucket)?$/i],
  ['event:pool', /^event\.(userPoolId|user_pool_id)$/, /^cognito( userpool)?$/i],
];

/** A value that is the name of what has sent the event, as a hole: `${event:bucket}`. */
export function eventName({ texts, taints }: Value): string | undefined {
  const found = names.find(([, source]) => taints.every((taint) => source.test(taint.source)));
  const isWhole = texts.length === 0 && taints.length > 0 && taints.every(({ isChanged }) => !isChanged);
  return found && isWhole ? hole(found[0]) : undefined;
}

/** The kinds of triggers that say what such a hole stands for. */
export const triggersOf = (name: string): RegExp | undefined => names.find(([own]) => own === name)?.[2];
