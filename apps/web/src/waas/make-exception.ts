import { WaasException } from '@ringfence/policy/schema';
import { stringify } from 'yaml';

/** The exception that silences a verdict of this class in this field, of any element of a list; undefined for a refused source, which has none. */
export function makeException(verdict: { class: string; path: string }): WaasException | undefined {
  const field = verdict.path.replaceAll(/\[\d+\]/g, '[*]') || '*';
  return WaasException.safeParse({ classes: [verdict.class], field }).data;
}

/** The exception as a rule of the policy holds it in YAML. */
export const formatException = (exception: WaasException) =>
  stringify({ exceptions: [exception] }, { lineWidth: 0 });
