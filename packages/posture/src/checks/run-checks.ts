import type { Finding, Location } from '@ringfence/findings';
import { findingId } from '@ringfence/findings/finding-id';
import type { Graph } from '../graph/build-graph.ts';
import type { PatchMaker } from '../patch/patch-maker.ts';
import { inWords, type Place } from '../template/place.ts';
import { unknown } from '../template/substitution.ts';
import { allChecks } from './all-checks.ts';
import type { Check, Problem } from './check.ts';

/** The most that a finding has. */
const MOST_LOCATIONS = 64;
const LONGEST_PATCH = 100_000;

const toLocation = ({ file, line, column, note }: Place & { note?: string }): Location => ({
  path: file,
  line,
  column,
  ...(note !== undefined && { note }),
});

/** Of Terraform's files, which know none of CloudFormation's pseudo parameters. */
const isTerraform = (place: Place | undefined): boolean =>
  place !== undefined && /\.tf(\.json)?$/.test(place.file);
const withoutPseudoParameters = (text: string): string =>
  text.replaceAll('${AWS::Partition}', 'aws').replaceAll(/\$\{AWS::(?:Region|AccountId)\}/g, '*');

async function toFinding(
  { id, title, severity, why, advice, inTerraform, references }: Check,
  problem: Problem,
  patches: PatchMaker | undefined,
): Promise<Finding> {
  const { subject, message, key = '', place, more = [], fix } = problem;
  const patch = fix && (await patches?.make(fix));
  const rule = `posture/${id}`;
  const said = message.replaceAll(unknown, '*');
  const places = new Map([...(place ? [place] : []), ...more].map((each) => [inWords(each), each]));
  return {
    id: findingId(rule, subject, key),
    kind: 'posture',
    rule,
    aliases: [],
    severity: problem.severity ?? severity,
    title,
    message: `${isTerraform(place) ? withoutPseudoParameters(said) : said} ${why}`,
    advice: inTerraform !== undefined && isTerraform(place) ? inTerraform : advice,
    subject,
    locations: [...places.values()].slice(0, MOST_LOCATIONS).map(toLocation),
    ...(patch !== undefined && patch.length <= LONGEST_PATCH && { patch }),
    references,
  };
}

/** Whether all has been read that the problem follows from. What is told once for many is of no resource, and so of all regions. */
const isJudged = ({ unjudged = [], resources }: Graph, { id }: Check, { subject }: Problem): boolean =>
  !unjudged.some(
    ({ check, within = '' }) => check === id && (subject.startsWith(within) || !resources.has(subject)),
  );

/** What the checks find in the graph. `patches` makes them for what can be repaired where it is written. */
export async function runChecks(
  graph: Graph,
  checks: readonly Check[] = allChecks,
  patches?: PatchMaker,
): Promise<Finding[]> {
  const found = checks.map(async (check) =>
    Promise.all(
      (await check.find(graph))
        .filter((problem) => isJudged(graph, check, problem))
        .map((problem) => toFinding(check, problem, patches)),
    ),
  );
  return (await Promise.all(found)).flat();
}
