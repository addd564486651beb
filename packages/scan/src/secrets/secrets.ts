import type { Finding } from '@ringfence/findings';
import { findingId } from '@ringfence/findings/finding-id';
import type { Finder } from '../finder.ts';
import { baseName } from '../inventory/reader.ts';
import { isPlaceholder } from './is-placeholder.ts';
import { hasTrace, isCandidate, listDependencyFolders } from './may-hold-secret.ts';
import { secretAdvice, secretKind } from './secret-rules.ts';

const mostPerFile = 10;
const mostFindings = 200;
/** Bytes of texts with a trace; a real package has a few MB of them, and the rules take a second for ten. */
const mostLinted = 128 * 1_048_576;

/** Line and column, counted from 1. */
function place(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** The first signs of it, by which its owner knows it. */
const mask = (secret: string) => `${secret.slice(0, 4)}… (${secret.length} characters)`;

/** Secrets in the texts of the package. What is found is told by its first four signs only. */
export const secrets: Finder = {
  step: 'looking for secrets',
  async find({ files, packages, onProgress }) {
    const folders = listDependencyFolders(packages);
    const findings: Finding[] = [];
    const notes: string[] = [];
    let count = 0;
    let linted = 0;
    for (const file of files.files.values()) {
      if (!isCandidate(file, folders)) continue;
      onProgress(++count);
      const bytes = await file.read().catch(({ message }: Error) => {
        notes.push(message);
        return Buffer.alloc(0);
      });
      if (!hasTrace(bytes.toString('latin1'))) continue;
      linted += bytes.length;
      if (linted > mostLinted) {
        const note = `Secrets were looked for up to ${file.path} only: there is too much text with traces of them.`;
        return { findings, notes: [...notes, note] };
      }
      const text = bytes.toString('utf8');
      // Loaded when the first text has a trace: most packages have none.
      const { lintText } = await import('./lint-text.ts');
      const found = (await lintText(text, baseName(file.path), mostPerFile))
        .filter(({ secret }) => !isPlaceholder(secret))
        .map(({ message, secret, offset }) => ({ ...secretKind(message), secret, offset }));
      for (const [index, { rule, severity, title, secret, offset }] of found.slice(0, mostPerFile).entries())
        findings.push({
          id: findingId(rule, file.path, String(index)),
          kind: 'secret',
          rule,
          aliases: [],
          severity,
          title,
          message: `${title} is in ${file.path}: ${mask(secret)}.`,
          advice: secretAdvice,
          locations: [{ path: file.path, ...place(text, offset) }],
          references: ['CWE-798'],
        });
      if (findings.length >= mostFindings)
        return {
          findings,
          notes: [...notes, `More than ${mostFindings} secrets; the rest is not in the report.`],
        };
    }
    return { findings, notes };
  },
};
