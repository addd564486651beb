import picomatch from 'picomatch';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Finding } from '../finding.ts';

const IgnoreEntry = z
  .strictObject({
    id: z.string().min(1).optional().describe('The id of one finding, as the JSON report has it.'),
    rule: z
      .string()
      .min(1)
      .optional()
      .describe('An advisory by any of its names, or a check: CVE-2021-23337, code/command-injection.'),
    package: z.string().min(1).optional().describe('A package, as lodash or lodash@4.17.20.'),
    path: z
      .string()
      .min(1)
      .optional()
      .describe('Files, as a glob from the root of the package: vendor/**. All places must be among them.'),
    reason: z.string().min(1).max(1000).describe('Why it does not count, for those who read it later.'),
    expires: z.iso
      .date('must be a day such as 2027-01-31')
      .optional()
      .describe('The last day on which it holds.'),
  })
  .refine(({ id, rule, package: name, path }) => id ?? rule ?? name ?? path, {
    message: 'must say what is ignored: id, rule, package or path',
  })
  .describe('What does not count: all that it says must fit.');
export type IgnoreEntry = z.infer<typeof IgnoreEntry>;

/** `.ringfence-ignore.yaml`. */
export const IgnoreFile = z
  .strictObject({ ignore: z.array(IgnoreEntry).max(10_000) })
  .describe('Findings that do not count, each with a reason.');
export type IgnoreFile = z.infer<typeof IgnoreFile>;

export type ParsedIgnoreFile = { ok: true; entries: IgnoreEntry[] } | { ok: false; errors: string[] };

/** Reads an ignore file. Errors have the form `path:line:column: what is wrong`. */
export function parseIgnoreFile(text: string, path: string): ParsedIgnoreFile {
  const lines = new LineCounter();
  // Days stay texts: the core schema has no dates.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  if (document.errors.length > 0)
    return { ok: false, errors: document.errors.map(({ pos, message }) => `${at(pos[0])}: ${message}`) };
  const parsed = IgnoreFile.safeParse(document.toJS({ maxAliasCount: 100 }) ?? { ignore: [] });
  if (parsed.success) return { ok: true, entries: parsed.data.ignore };
  const errors = parsed.error.issues.map((issue) => {
    const steps = issue.path.filter((step) => typeof step !== 'symbol');
    let node: unknown;
    // A key that is missing has no place of its own: the nearest thing around it has.
    for (let length = steps.length; length >= 0 && !node; length--)
      node = document.getIn(steps.slice(0, length), true);
    const offset = (node as { range?: [number, number, number] } | undefined)?.range?.[0] ?? 0;
    return `${at(offset)}: ${steps.join('.') || 'the file'}: ${issue.message}`;
  });
  return { ok: false, errors };
}

/** Whether everything that the entry says fits the finding. */
export function isMatch(entry: IgnoreEntry, finding: Finding): boolean {
  const { package: detail, locations } = finding;
  if (entry.id !== undefined && entry.id !== finding.id) return false;
  if (entry.rule !== undefined && ![finding.rule, ...finding.aliases].includes(entry.rule)) return false;
  if (entry.package !== undefined) {
    const names = detail ? [detail.name, `${detail.name}@${detail.version}`, detail.purl] : [];
    if (!names.includes(entry.package)) return false;
  }
  if (entry.path === undefined) return true;
  const isInside = picomatch(entry.path, { dot: true });
  return locations.length > 0 && locations.every(({ path }) => isInside(path));
}
