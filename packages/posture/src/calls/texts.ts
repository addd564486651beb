import type { TextPart, Value } from '@ringfence/code';
import { hole, literal } from '../template/substitution.ts';
import { eventName } from './event-names.ts';

/** Choices of parameters of one call that are told apart; more say no more. */
const MOST_CHOICES = 16;

const partOf = (part: TextPart): string => {
  if ('text' in part) return literal(part.text);
  return hole('environment' in part ? `env:${part.environment}` : '?');
};

/** The texts that a value may be, in the Fn::Sub form; `${?}` for what is not known. */
export function textsOf(value: Value | undefined): string[] {
  const texts = [...new Set((value?.texts ?? []).map((parts) => parts.map(partOf).join('')))];
  const variables = texts.filter((text) => text.includes('${env:'));
  const left = texts.filter((text) => !variables.some((variable) => isDefaultOf(variable, text)));
  return left.length === 0 ? [(value && eventName(value)) ?? hole('?')] : left;
}

/** Whether the text is what another is with a variable's default, which is what runs elsewhere; the template says what runs there. */
function isDefaultOf(variable: string, text: string): boolean {
  if (text === variable || text.includes('${env:')) return false;
  const parts = variable
    .split(/\$\{env:[^}]*\}/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^]*')}$`).test(text);
}

/** Parameters by their names, each with the texts that it may be. */
export type Choices = ReadonlyMap<string, string[]>;

/** Lists of what a call is about. */
const namesSeveral = /^(services|tasks|InstanceIds)$/;

const listed = ({ fields }: Value): string[] =>
  [...(fields?.named.values() ?? []), ...(fields?.others ? [fields.others] : [])].flatMap((item) =>
    textsOf(item),
  );

/** What of a call's parameters is text; lists and maps are left out. */
export const choicesOf = (named: ReadonlyMap<string, Value> | undefined): Choices =>
  new Map(
    [...(named ?? [])].flatMap(([name, value]): [string, string[]][] => {
      if (namesSeveral.test(name) && value.fields) return [[name, listed(value)]];
      const isText = !value.fields && value.closures.length === 0;
      return isText || name === 'TagSpecifications' ? [[name, textsOf(value)]] : [];
    }),
  );

/** Each combination of what the parameters may be. */
export function combine(choices: Choices): Record<string, string>[] {
  let combined: Record<string, string>[] = [{}];
  for (const [name, texts] of choices)
    combined = combined
      .flatMap((each) => texts.map((text) => ({ ...each, [name]: text })))
      .slice(0, MOST_CHOICES);
  return combined;
}
