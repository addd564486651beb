import type { Finding, Location } from '@ringfence/findings';
import { findingId } from '@ringfence/findings/finding-id';
import type { Graph } from '../graph/build-graph.ts';
import type { Place } from '../template/place.ts';
import { allChecks } from './all-checks.ts';
import type { Check, Problem } from './check.ts';

/** The most that a finding has. */
const MOST_LOCATIONS = 64;

const toLocation = ({ file, line, column, note }: Place & { note?: string }): Location => ({
  path: file,
  line,
  column,
  ...(note !== undefined && { note }),
});

function toFinding({ id, title, severity, why, advice, references }: Check, problem: Problem): Finding {
  const { subject, message, key = '', place, more = [] } = problem;
  const rule = `posture/${id}`;
  return {
    id: findingId(rule, subject, key),
    kind: 'posture',
    rule,
    aliases: [],
    severity: problem.severity ?? severity,
    title,
    message: `${message} ${why}`,
    advice,
    subject,
    locations: [...(place ? [place] : []), ...more].slice(0, MOST_LOCATIONS).map(toLocation),
    references,
  };
}

/** What the checks find in the graph. */
export async function runChecks(graph: Graph, checks: readonly Check[] = allChecks): Promise<Finding[]> {
  const found = checks.map(async (check) =>
    (await check.find(graph)).map((problem) => toFinding(check, problem)),
  );
  return (await Promise.all(found)).flat();
}
