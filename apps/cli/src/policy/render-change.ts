import type { PolicyChange } from '@ringfence/policy';
import { paint } from '../common/terminal.ts';

const looks = {
  added: ['+', 'green'],
  removed: ['-', 'red'],
  changed: ['~', 'yellow'],
  reordered: ['~', 'yellow'],
} as const;

/** A difference between two policies, with a line for each field that differs. */
export function renderChange({ kind, subject, fields }: PolicyChange): string[] {
  const [sign, colour] = looks[kind];
  return [paint(colour, `${sign} ${subject}`), ...fields.map(({ field, words }) => `    ${field}: ${words}`)];
}
