import { type Graph, ofType } from '../graph/build-graph.ts';
import type { Resource } from '../resource.ts';
import { defineCheck } from './check.ts';
import { tellOnce } from './tell-once.ts';

const stage = (log: string) => `
Resources:
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: HTTP, Name: orders } }
  Stage:
    Type: AWS::ApiGatewayV2::Stage
    Properties: { ApiId: !Ref Api, StageName: $default${log} }`;

/** Where each kind of API has its access log; those that SAM makes have it in the API itself. */
const stages: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Stage': 'AccessLogSetting',
  'AWS::ApiGatewayV2::Stage': 'AccessLogSettings',
};

const isMadeBySam = ({ properties }: Resource) => properties.StageName !== undefined;

const withoutLog = (graph: Graph): Resource[] => [
  ...Object.entries(stages).flatMap(([type, member]) =>
    ofType(graph, type).filter(({ properties }) => properties[member] === undefined),
  ),
  ...ofType(graph, 'AWS::ApiGateway::RestApi')
    .filter(isMadeBySam)
    .filter(({ properties }) => properties.AccessLogSetting === undefined),
];

export const noAccessLog = defineCheck({
  id: 'no-access-log',
  title: 'Nobody writes down who calls the API',
  severity: 'info',
  why: 'Calls that the API turns down never reach a function, so an attack that is being tried leaves nothing to see.',
  advice: 'Set a destination for access logs on the stage.',
  references: ['CWE-778', 'OWASP SAS-5', 'AWS Security Hub APIGateway.9'],
  find: (graph) => tellOnce(withoutLog(graph), (names) => `${names}: no access log.`),
  passing: stage(", AccessLogSettings: { DestinationArn: !GetAtt Log.Arn, Format: '$context.requestId' }"),
  failing: stage(''),
});
