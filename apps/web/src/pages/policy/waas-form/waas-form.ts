import type { WaasException, WaasRule } from '@ringfence/policy/schema';
import type { SwitchedClass } from '@ringfence/policy/waas-section';
import { readLines } from '../pattern-lines.ts';

/** An exception as the form holds it: no class stands for all, no source for all. */
export type ExceptionForm = { field: string; classes: SwitchedClass[]; sources: string };

/** A WAAS rule as the form holds it: lists are texts with one entry on each line, numbers are texts. */
export type WaasForm = Omit<WaasRule, 'confidence' | 'exceptions' | 'sources' | 'response' | 'banMinutes'> & {
  confidence: string;
  exceptions: ExceptionForm[];
  sources: Record<keyof WaasRule['sources'], string>;
  response: Record<keyof WaasRule['response'], string>;
  banMinutes: string;
};

export const startException = ({ field, classes = [], sources = [] }: WaasException): ExceptionForm => ({
  field,
  classes,
  sources: sources.join('\n'),
});

/** The form of a rule. */
export const startForm = (rule: WaasRule): WaasForm => ({
  ...rule,
  confidence: `${rule.confidence}`,
  exceptions: rule.exceptions.map(startException),
  sources: { allow: rule.sources.allow.join('\n'), deny: rule.sources.deny.join('\n') },
  response: { ...rule.response, status: `${rule.response.status}` },
  banMinutes: `${rule.banMinutes}`,
});

function readException({ field, classes, sources }: ExceptionForm): WaasException {
  const networks = readLines(sources).patterns;
  return {
    ...(classes.length > 0 && { classes }),
    field: field.trim(),
    ...(networks.length > 0 && { sources: networks }),
  };
}

/** An empty box is no number, and not 0. */
const readNumber = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));

/** The rule that the form stands for, not yet checked. */
export const readForm = (form: WaasForm): WaasRule => ({
  ...form,
  confidence: readNumber(form.confidence),
  exceptions: form.exceptions.map(readException),
  sources: { allow: readLines(form.sources.allow).patterns, deny: readLines(form.sources.deny).patterns },
  response: { ...form.response, status: readNumber(form.response.status) },
  banMinutes: readNumber(form.banMinutes),
});
