import type { Severity } from '@ringfence/findings';
import { type CodeRuleName, codeRules } from '@ringfence/scan';
import type { CodeFlow } from '../flows/code-flow.ts';
import { dataReached, type Reach } from '../graph/data-reached.ts';
import { type OpenWay, openWays } from '../graph/open-ways.ts';
import { inList } from '../template/in-list.ts';
import type { Place } from '../template/place.ts';
import { defineCheck, type Problem } from './check.ts';

const search = (code: string) => `
Resources:
  Search:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: |
        import subprocess
        def handler(event, context):
            return subprocess.run(${code})
      Policies:
        - Statement: [{ Effect: Allow, Action: dynamodb:Scan, Resource: !GetAtt Orders.Arn }]
      Events:
        Get: { Type: HttpApi, Properties: { Path: /search, Method: get } }
  Orders: { Type: AWS::DynamoDB::Table }`;

/** What gives whoever sends the event the function's role: code of their own, or its keys out of /proc/self/environ. */
const takesRole: Partial<Record<CodeRuleName, Severity>> = {
  'code/command-injection': 'critical',
  'code/code-injection': 'critical',
  'code/template-injection': 'critical',
  'code/unsafe-deserialisation': 'critical',
  'code/path-traversal': 'high',
};

const verbs = ({ kinds }: Reach) =>
  [...kinds].map((kind) => (kind === 'reads' ? 'read' : 'write')).join(' and ');
const inWords = (reach: Reach) => `${verbs(reach)} ${reach.what} (${inList(reach.actions)})`;

function severityOf({ rule }: CodeFlow, { through, hasKey }: OpenWay): Severity | undefined {
  const severity = takesRole[rule];
  return severity === 'critical' && (through.length > 0 || hasKey) ? 'high' : severity;
}

const noted = (place: Place | undefined, note: string) => (place ? [{ ...place, note }] : []);

function locate(flow: CodeFlow): (Place & { note: string })[] {
  const last = flow.locations.length - 1;
  return flow.locations.map(({ path, line = 1, column = 1, note }, index) => {
    const roles = [
      ...(index === 0 ? [`source ${flow.source}`] : []),
      ...(index === last ? [`sink ${flow.sink}`] : []),
    ];
    const role = roles.length > 0 ? roles.join(', ') : 'step';
    return { file: path, line, column, note: note === undefined ? role : `${role}: ${note}` };
  });
}

export const attackPath = defineCheck({
  id: 'attack-path',
  title: 'A stranger gets from the internet to data',
  severity: 'critical',
  why: 'Each of it may look bearable alone; together it is a way that needs no account and no luck.',
  advice: 'Mend the code first; then give the role less, and let the endpoint ask who is calling.',
  references: ['CWE-94', 'OWASP SAS-1', 'OWASP SAS-2', 'OWASP SAS-4'],
  async find(graph) {
    const found: Problem[] = [];
    const ways = await openWays(graph);
    for (const { id, role, flows = [] } of graph.functions.values()) {
      const way = ways.get(id);
      if (!way || !role) continue;
      const reached = await dataReached(graph, role);
      if (reached.length === 0) continue;
      for (const flow of flows) {
        const severity = severityOf(flow, way);
        if (!severity) continue;
        const through =
          way.through.length > 0 ? `; what they send gets over ${way.through.join(', ')} to ${id}` : '';
        const { title } = codeRules[flow.rule];
        found.push({
          subject: id,
          key: `${flow.rule} ${flow.source} ${flow.sink}`,
          severity,
          message: `${way.entry}${through}; there ${flow.source} gets to ${flow.sink} (${title.toLowerCase()}); its role ${role.resource.id} may ${reached.slice(0, 4).map(inWords).join(', ')}${reached.length > 4 ? ` and ${reached.length - 4} more` : ''}.`,
          place: way.trigger.resource.place,
          more: [
            ...locate(flow),
            ...reached
              .slice(0, 4)
              .flatMap((reach) => noted(reach.statement.actionPlace, `role: ${inWords(reach)}`)),
          ],
        });
      }
    }
    return found;
  },
  passing: search("['grep', '--', event['text'], 'orders']"),
  failing: search("'grep ' + event['text'], shell=True"),
});
