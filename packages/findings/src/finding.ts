import { z } from 'zod';
import { SEVERITIES } from './severity.ts';

const text = (limit: number) => z.string().max(limit, `must be at most ${limit} characters long`);

/** A place in the package, the template or the account. */
export const Location = z
  .object({
    path: text(4000).describe(
      'The file, from the root of what was looked at; nested archives by !/, as a.jar!/b.jar.',
    ),
    line: z.int().min(1).optional().describe('Counted from 1.'),
    column: z.int().min(1).optional().describe('Counted from 1, in UTF-16 units.'),
    note: text(500).optional().describe('What this place is in the finding, such as source or sink.'),
  })
  .describe('A place in what was looked at.');
export type Location = z.infer<typeof Location>;

/** What else a scan knows of a vulnerable package. */
export const PackageDetail = z
  .object({
    purl: text(1000).describe('The package URL.'),
    ecosystem: text(32).describe("OSV's name of the ecosystem."),
    name: text(500),
    version: text(200),
    fixed: text(200).optional().describe('The lowest version without this vulnerability.'),
    upgrade: text(200).optional().describe('The lowest version without any known vulnerability.'),
    paths: z
      .array(z.array(text(700)).max(32))
      .max(16)
      .describe('Ways from a direct dependency to the package, as name@version.'),
    reachable: z
      .enum(['yes', 'no', 'unknown'])
      .describe('Whether the handler imports it, directly or through others.'),
    imports: z
      .array(text(4000))
      .max(32)
      .optional()
      .describe('The chain of files from the handler to the package.'),
  })
  .describe('The package that is vulnerable.');
export type PackageDetail = z.infer<typeof PackageDetail>;

/** One thing that is wrong, in a package or an account, before the function runs. */
export const Finding = z
  .object({
    id: text(64).describe(
      'Stays the same from run to run for the same fault of the same function: hexadecimal.',
    ),
    kind: z
      .enum(['vulnerability', 'malicious', 'secret', 'code', 'content', 'posture'])
      .describe('What was looked at, and by what.'),
    rule: text(200).describe(
      'The advisory or the check: GHSA-…, code/command-injection, posture/wildcard-action.',
    ),
    aliases: z.array(text(200)).max(64).default([]).describe('Other names of the advisory.'),
    severity: z.enum(SEVERITIES),
    title: text(500),
    message: text(4000).describe('What is wrong, and why it matters here.'),
    advice: text(2000).optional().describe('What to do, in words.'),
    subject: text(500)
      .optional()
      .describe('The function or resource, where what was looked at holds several.'),
    locations: z.array(Location).max(64).describe('Evidence; for code from source to sink.'),
    package: PackageDetail.optional(),
    cvss: z
      .object({ vector: text(300), score: z.number().min(0).max(10) })
      .optional()
      .describe('The newest version of CVSS that the advisory gives.'),
    patch: text(100_000).optional().describe('The fix as a unified diff.'),
    references: z.array(text(2000)).max(64).default([]).describe('Addresses and names: CWE-78, OWASP SAS-1.'),
  })
  .describe('One thing that is wrong, found before the function runs.');
export type Finding = z.infer<typeof Finding>;
