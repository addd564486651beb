import type { Graph } from '../graph/build-graph.ts';
import { functionsIn } from '../graph/triggers.ts';
import { defineCheck } from './check.ts';

const job = (events: string) => `
Resources:
  Old:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler${events}`;

/** What names a function without starting it. */
const idle = /^AWS::(Logs::LogGroup|CloudWatch::Alarm|Lambda::(Version|Alias|EventInvokeConfig))$/;

/** Functions that other resources name: in their variables, in what their roles may invoke, as a target. */
const namedElsewhere = ({ resources }: Graph): Set<string> =>
  new Set(
    [...resources.values()]
      .filter(({ type }) => !idle.test(type))
      .flatMap((resource) =>
        functionsIn(JSON.stringify(resource.properties), resources).filter((id) => id !== resource.id),
      ),
  );

export const orphanFunction = defineCheck({
  id: 'orphan-function',
  title: 'Nothing starts the function',
  severity: 'low',
  why: 'What nobody uses nobody looks after: its code grows old, its role stays, and whoever may invoke functions may invoke it.',
  advice: 'Remove the function, or suppress the finding where it is invoked from elsewhere.',
  references: ['CWE-1164', 'OWASP SAS-4'],
  find: (graph) => {
    const named = namedElsewhere(graph);
    return [...graph.functions.values()]
      .filter(({ id, triggers }) => triggers.length === 0 && !named.has(id))
      .map(({ id, resource }) => ({
        subject: id,
        message: `${id} has no trigger, and nothing in the template invokes it.`,
        place: resource.place,
      }));
  },
  passing: job(`
      Events: { Nightly: { Type: Schedule, Properties: { Schedule: rate(1 day) } } }`),
  failing: job(''),
});
