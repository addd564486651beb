import type { Finding } from '@ringfence/findings';
import { findingId } from '@ringfence/findings/finding-id';
import type { Graph } from '../graph/build-graph.ts';
import { allChecks } from './all-checks.ts';
import type { Check, Problem } from './check.ts';

function toFinding({ id, title, severity, why, advice, references }: Check, problem: Problem): Finding {
  const { subject, message, key = '', place } = problem;
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
    locations: place ? [{ path: place.file, line: place.line, column: place.column }] : [],
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
