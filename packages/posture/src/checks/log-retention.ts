import { type Graph, ofType } from '../graph/build-graph.ts';
import { membersOf } from '../graph/json.ts';
import { ownFunctions } from '../graph/made-by-cdk.ts';
import type { Resource } from '../resource.ts';
import { holesOf, referenceOf } from '../template/substitution.ts';
import { defineCheck } from './check.ts';
import { aFunction } from './example-templates.ts';
import { tellOnce } from './tell-once.ts';

/** Two years; who must keep logs for longer mostly does so elsewhere. */
const LONGEST_DAYS = 731;

const functionWith = (group: string) => `${aFunction('Timeout: 30')}
  Log:
    Type: AWS::Logs::LogGroup
    Properties: { LogGroupName: !Sub '/aws/lambda/\${Orders}'${group} }`;

/** Log groups by all that a function may know them by: their ids, their names, and the functions that their names name. */
function indexGroups(groups: readonly Resource[]): Map<string, Resource> {
  const index = new Map<string, Resource>();
  const add = (key: string, group: Resource) => index.has(key) || index.set(key, group);
  for (const group of groups) {
    const { LogGroupName } = group.properties;
    add(`id:${group.id}`, group);
    if (typeof LogGroupName !== 'string') continue;
    add(`name:${LogGroupName}`, group);
    for (const hole of holesOf(LogGroupName)) add(`function:${hole}`, group);
  }
  return index;
}

/** The log group that the template has for the function. */
function groupOf({ id, properties }: Resource, groups: ReadonlyMap<string, Resource>): Resource | undefined {
  const { LogGroup: configured } = membersOf(properties.LoggingConfig);
  if (configured !== undefined)
    return (
      groups.get(`name:${String(configured)}`) ?? groups.get(`id:${referenceOf(configured)?.name ?? ''}`)
    );
  return groups.get(`function:${id}`) ?? groups.get(`name:/aws/lambda/${String(properties.FunctionName)}`);
}

const isKeptTooLong = (graph: Graph) => {
  const groups = indexGroups(ofType(graph, 'AWS::Logs::LogGroup'));
  return ({ resource }: { resource: Resource }) => {
    const days = groupOf(resource, groups)?.properties.RetentionInDays;
    return days === undefined || Number(days) > LONGEST_DAYS;
  };
};

export const logRetention = defineCheck({
  id: 'log-retention',
  title: 'Logs are kept for ever',
  severity: 'info',
  why: 'Logs hold what people sent, often more than was meant; what is kept for ever can leak for ever.',
  advice: 'Add an AWS::Logs::LogGroup for the function with RetentionInDays: 365, say.',
  inTerraform: 'Add an aws_cloudwatch_log_group for the function with retention_in_days = 365, say.',
  references: ['CWE-779', 'OWASP SAS-5'],
  find: (graph) =>
    tellOnce(
      ownFunctions(graph)
        .filter(isKeptTooLong(graph))
        .map(({ resource }) => resource),
      (names) => `${names}: logs are kept for ever or for more than ${LONGEST_DAYS} days.`,
    ),
  passing: functionWith(', RetentionInDays: 365'),
  failing: functionWith(''),
});
