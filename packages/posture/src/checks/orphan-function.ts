import type { Graph } from '../graph/build-graph.ts';
import { invokersOfUnknown, namedFunctions } from '../graph/named-functions.ts';
import { functionsIn } from '../graph/triggers.ts';
import { inList } from '../template/in-list.ts';
import { holesOf } from '../template/substitution.ts';
import { defineCheck } from './check.ts';

const job = (events: string) => `
Resources:
  Old:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler${events}`;

/** What names a function without starting it: what watches it, scales it, replaces it or keeps its logs. */
const idle =
  /^(AWS::(Logs|CloudWatch|ApplicationAutoScaling|CodeDeploy|Synthetics|Lambda::(Version|Alias|EventInvokeConfig))\b.*|Custom::LogRetention)$/;

/** What starts nothing any more: triggers that are disabled, and the roles that they had for it. */
function turnedOff({ functions, resources }: Graph): Set<string> {
  const triggers = [...functions.values()].flatMap((node) => node.triggers);
  const off = triggers.filter(({ isDisabled }) => isDisabled).map(({ resource }) => resource);
  const roles = off
    .flatMap(({ properties }) => holesOf(JSON.stringify(properties)))
    .map((hole) => hole.split('.')[0] ?? '')
    .filter((id) => resources.get(id)?.type === 'AWS::IAM::Role');
  return new Set([...off.map(({ id }) => id), ...roles]);
}

/**
 * Functions that other resources name, in their variables, in what their roles may invoke, as a target; those that code invokes; and those that other
 * stacks may import.
 */
function namedElsewhere(graph: Graph): Set<string> {
  const { resources, exports = [], beside = [] } = graph;
  const off = turnedOff(graph);
  return new Set([
    ...exports.flatMap((value) => functionsIn(value, resources)),
    ...[...resources.values()].flatMap(({ id, type, properties }) => {
      if (off.has(id)) return [];
      const used = idle.test(type) ? properties.ServiceToken : JSON.stringify(properties);
      return functionsIn(used, resources).filter((name) => name !== id);
    }),
    ...namedFunctions(graph, beside, ({ id, type }) => idle.test(type) || off.has(id)),
  ]);
}

export const orphanFunction = defineCheck({
  id: 'orphan-function',
  title: 'Nothing starts the function',
  severity: 'low',
  why: 'What nobody uses nobody looks after: its code grows old, its role stays, and whoever may invoke functions may invoke it.',
  advice:
    'Remove the function, with a trigger that is disabled for good, or suppress the finding where it is invoked from elsewhere.',
  references: ['CWE-1164', 'OWASP SAS-4'],
  find: (graph) => {
    const named = namedElsewhere(graph);
    const invokers = invokersOfUnknown([graph, ...(graph.beside ?? [])]).map(({ id }) => id);
    const doubtOf = (own: string) => {
      const others = invokers.filter((id) => id !== own);
      return others.length === 0
        ? ''
        : `, unless ${inList(others)} does, whose code does not tell the names of all that it invokes`;
    };
    return [...graph.functions.values()]
      .filter(({ id, triggers }) => triggers.every(({ isDisabled }) => isDisabled) && !named.has(id))
      .map(({ id, resource, triggers }) => ({
        subject: id,
        message: `${id} has no trigger${triggers.length > 0 ? ' that is not disabled' : ''}, and nothing in the template invokes it${doubtOf(id)}.`,
        place: resource.place,
        more: triggers.flatMap(({ resource: { place } }) => (place ? [{ ...place, note: 'disabled' }] : [])),
      }));
  },
  passing: job(`
      Events: { Nightly: { Type: Schedule, Properties: { Schedule: rate(1 day) } } }`),
  failing: job(''),
});
