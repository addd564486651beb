import { Finding, SEVERITIES } from '@ringfence/findings';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { type ZodType, z } from 'zod';
import { callApi } from './call-api.ts';

const scannedFunction = z.object({
  cloud: z.string(),
  account: z.string(),
  region: z.string(),
  name: z.string(),
});

const severities = z.object(
  Object.fromEntries(SEVERITIES.map((severity) => [severity, z.number()])) as Record<
    (typeof SEVERITIES)[number],
    z.ZodNumber
  >,
);

const storedFinding = z.object({
  functionId: z.string(),
  function: scannedFunction,
  tool: z.string(),
  state: z.enum(['new', 'open', 'fixed', 'suppressed']),
  firstSeen: z.string(),
  since: z.string(),
  suppression: z
    .object({
      reason: z.string(),
      expires: z.string().nullable(),
      by: z.string().nullable(),
      at: z.string().nullable(),
    })
    .nullable(),
  finding: Finding,
});
export type StoredFinding = z.infer<typeof storedFinding>;

const findingWithHistory = storedFinding.extend({
  /** Functions with a Defender that it is about. */
  deployed: z.array(scannedFunction.extend({ functionId: z.string() })),
  history: z.array(
    z.object({
      time: z.string(),
      by: z.string(),
      what: z.enum(['found', 'fixed', 'returned', 'suppressed', 'unsuppressed']),
      note: z.string(),
    }),
  ),
});
export type FindingWithHistory = z.infer<typeof findingWithHistory>;

const functionSummary = z.object({
  functionId: z.string(),
  function: scannedFunction,
  time: z.string(),
  advisories: z.string().nullable(),
  rematched: z.boolean(),
  severities,
});
export type FunctionSummary = z.infer<typeof functionSummary>;

const advisorySummary = z.object({
  rule: z.string(),
  kind: Finding.shape.kind,
  severity: z.enum(SEVERITIES),
  title: z.string(),
  aliases: z.array(z.string()),
  score: z.number().nullable(),
  package: z.string().nullable(),
  findings: z.number(),
  functions: z.number(),
  names: z.array(z.string()),
});
export type AdvisorySummary = z.infer<typeof advisorySummary>;

const counts = z.object({
  new: z.number(),
  open: z.number(),
  fixed: z.number(),
  suppressed: z.number(),
});
export type FindingCounts = z.infer<typeof counts>;

/** Pages of a list at `path`, the worst first, with how many findings there are in each state. */
const pagesOf =
  <Item>(path: string, item: ZodType<Item>) =>
  (filter: URLSearchParams) =>
    infiniteQueryOptions({
      queryKey: ['findings', path, filter.toString()],
      refetchInterval: 15_000,
      initialPageParam: 0,
      queryFn: ({ pageParam, signal }) => {
        const query = new URLSearchParams(filter);
        query.set('offset', String(pageParam));
        const page = z.object({ items: z.array(item), next: z.number().nullable(), counts });
        return callApi(`${path}?${query}`, page, { signal });
      },
      getNextPageParam: ({ next }) => next,
    });

export const findingsQuery = pagesOf('/api/findings', storedFinding);
export const functionsQuery = pagesOf('/api/findings/functions', functionSummary);
export const advisoriesQuery = pagesOf('/api/findings/advisories', advisorySummary);

/** One finding with its history; `key` is function, tool and finding, joined by slashes. */
export const findingQuery = (key: string) =>
  queryOptions({
    queryKey: ['findings', 'one', key],
    queryFn: ({ signal }) => callApi(`/api/findings/${key}`, findingWithHistory, { signal }),
  });

/** What posture finds wrong with a function that has a Defender. */
export const postureQuery = (functionId: string) =>
  queryOptions({
    queryKey: ['findings', 'deployed', functionId],
    queryFn: ({ signal }) =>
      callApi(
        `/api/defenders/${functionId}/findings`,
        z.object({ items: z.array(storedFinding), total: z.number() }),
        { signal },
      ),
  });

export const findingKey = ({ functionId, tool, finding }: StoredFinding): string =>
  `${functionId}/${tool}/${finding.id}`;

/** Administrators only, as is taking it back. */
export const suppressFinding = (key: string, body: { reason: string; expires: string | null }) =>
  callApi(`/api/findings/${key}/suppression`, z.undefined(), { method: 'PUT', body });

export const unsuppressFinding = (key: string) =>
  callApi(`/api/findings/${key}/suppression`, z.undefined(), { method: 'DELETE' });
