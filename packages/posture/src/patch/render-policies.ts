import type { FunctionPolicy } from '../least/function-policies.ts';
import { renderBlock, statementValue } from './render-policy.ts';

const VERSION = '2012-10-17';
/** So many reasons are told of one function. */
const MOST_NOTES = 3;

const comment = (text: string, indentation: string): string =>
  `${indentation}# ${text.replaceAll(/\s+/g, ' ')}\n`;

function renderPolicy({ id, statements, notes }: FunctionPolicy): string {
  const key = /^[A-Za-z][\w./-]*$/.test(id) ? id : JSON.stringify(id);
  const more = notes
    .slice(0, MOST_NOTES)
    .map((note) => comment(`it may need more: ${note}`, '  '))
    .join('');
  if (statements.length === 0) return `${key}: {} # its code was not seen to need anything\n${more}`;
  const rendered = statements.map(
    (statement) =>
      statement.notes.map((note) => comment(note, '    ')).join('') +
      renderBlock([statementValue(statement)], '    ').slice(1),
  );
  return `${key}:\n${more}  Version: '${VERSION}'\n  Statement:\n${rendered.join('\n')}\n`;
}

const head = comment(
  'What the code of each function needs, as documents of IAM. What Lambda itself writes (logs, traces) and its networks are left to its managed policies.',
  '',
);

/** Policies of functions by the ending of the file that they are for. */
export const policyFormats: Readonly<Record<string, (policies: readonly FunctionPolicy[]) => string>> = {
  '.yaml': (policies) => [head, ...policies.map(renderPolicy)].join('\n'),
  '.yml': (policies) => [head, ...policies.map(renderPolicy)].join('\n'),
  '.json': (policies) =>
    `${JSON.stringify(
      Object.fromEntries(
        policies.map(({ id, statements }) => [
          id,
          { Version: VERSION, Statement: statements.map(statementValue) },
        ]),
      ),
      null,
      2,
    )}\n`,
};
