import { createRoute, z } from '@hono/zod-openapi';
import { Finding, Report } from '@ringfence/findings';
import { FunctionIdentity } from '@ringfence/policy';
import { limitBody } from '../../http/limit-body.ts';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { plainText } from '../common/plain-text.ts';

const MOST_PACKAGES = 20_000;
const MOST_FINDINGS = 10_000;
/** A report of 20,000 packages has some 12 MiB. */
export const REPORT_MIB = 32;
const DAY_MS = 24 * 60 * 60 * 1000;

/** What names a finding, in addresses and filters too. */
const names = {
  id: z.string().regex(/^[0-9a-f]{1,64}$/, 'must be 1 to 64 hex digits'),
  rule: plainText(200).min(1),
};

const publishedReport = Report.extend({
  time: Report.shape.time.refine(
    (time) => Date.parse(time) <= Date.now() + DAY_MS,
    'lies in the future: set the clock of the machine that scans',
  ),
  packages: Report.shape.packages.max(MOST_PACKAGES),
  findings: z.array(Finding.extend(names)).max(MOST_FINDINGS),
  suppressed: z.array(Report.shape.suppressed.unwrap().element.extend(names)).max(MOST_FINDINGS).default([]),
  notes: Report.shape.notes.unwrap().max(1_000).default([]),
});

/** What tells functions apart; a function needs no Defender to have findings. */
export const scannedFunctionSchema = FunctionIdentity.pick({
  cloud: true,
  account: true,
  region: true,
  name: true,
});

export const publicationSchema = z
  .object({ function: scannedFunctionSchema, report: publishedReport })
  .openapi('Publication');
export type Publication = z.output<typeof publicationSchema>;

export const publishReportRoute = createRoute({
  method: 'post',
  path: '/api/reports',
  tags: ['Findings'],
  summary: 'Publish a report about a function',
  description: `As "ringfence scan --publish" does; "ringfence posture" and "ringfence check" publish about a project, under its name. Findings that the report no longer has count as fixed. The same report again changes nothing; an older one than the stored is refused. At most ${REPORT_MIB} MiB, ${MOST_PACKAGES.toLocaleString('en')} packages and ${MOST_FINDINGS.toLocaleString('en')} findings.`,
  middleware: [allow('build'), limitBody(REPORT_MIB)] as const,
  request: { body: { required: true, ...jsonBody(publicationSchema) } },
  responses: {
    200: {
      description: 'Stored.',
      ...jsonBody(
        z
          .object({
            functionId: z.string().openapi({ description: '32 bytes, hex.' }),
            found: z.int().openapi({ description: 'Findings that were never there before.' }),
            returned: z.int().openapi({ description: 'Findings that were fixed and are back.' }),
            fixed: z.int().openapi({ description: 'Findings that are no longer there.' }),
          })
          .openapi('Published'),
      ),
    },
    ...describeProblems(400, 401, 403, 409, 413, 429),
  },
});
