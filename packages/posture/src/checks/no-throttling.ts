import { ofType } from '../graph/build-graph.ts';
import { listOf, membersOf } from '../graph/json.ts';
import type { Resource } from '../resource.ts';
import { defineCheck } from './check.ts';
import { tellOnce } from './tell-once.ts';

const stage = (limit: string) => `
Resources:
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: HTTP, Name: orders } }
  Stage:
    Type: AWS::ApiGatewayV2::Stage
    Properties: { ApiId: !Ref Api, StageName: $default${limit} }`;

const hasLimit = ({ properties }: Resource) =>
  [properties.DefaultRouteSettings, ...listOf(properties.MethodSettings)].some(
    (settings) => membersOf(settings).ThrottlingRateLimit !== undefined,
  ) || Object.keys(membersOf(properties.RouteSettings)).length > 0;

export const noThrottling = defineCheck({
  id: 'no-throttling',
  title: 'One caller may use up what the API takes',
  severity: 'info',
  why: 'Without a limit of its own an API takes calls up to the limit of the account, for which all its APIs then wait.',
  advice: 'Set ThrottlingRateLimit and ThrottlingBurstLimit on the stage.',
  inTerraform: 'Set throttling_rate_limit and throttling_burst_limit on the stage.',
  references: ['CWE-770', 'OWASP SAS-8'],
  find: (graph) =>
    tellOnce(
      ['AWS::ApiGateway::Stage', 'AWS::ApiGatewayV2::Stage']
        .flatMap((type) => ofType(graph, type))
        .filter((resource) => !hasLimit(resource)),
      (names) => `${names}: no limit of calls.`,
    ),
  passing: stage(', DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 }'),
  failing: stage(''),
});
