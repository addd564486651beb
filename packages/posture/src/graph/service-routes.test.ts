import { expect, test } from 'vitest';
import { routeWithoutAuthorizer } from '../checks/route-without-authorizer.ts';
import { graphOf } from '../testing/graph-of.ts';

const rest = (properties: string) => `
Resources:
  Api: { Type: AWS::ApiGateway::RestApi }
  Post: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Api, HttpMethod: POST, ${properties} } }`;
const http = (integration: string) => `
Resources:
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: HTTP } }
  To: { Type: AWS::ApiGatewayV2::Integration, Properties: { ${integration} } }
  Post: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Api, RouteKey: POST /, Target: !Sub 'integrations/\${To}' } }`;
const queue = "Integration: { Type: AWS, Uri: !Sub 'arn:aws:apigateway:${AWS::Region}:sqs:path/1/orders' }";
const machine = (auth: string) => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: orders.asl.json
      Events: { Start: { Type: Api, Properties: { Path: /orders, Method: post${auth} } } }`;

test.each([
  ['a queue', rest(queue), ['medium: POST / of Post, which calls sqs, has no authorizer.']],
  ['a queue, for who may', rest(`${queue}, AuthorizationType: AWS_IAM`), []],
  ['nothing', rest('Integration: { Type: MOCK }'), []],
  [
    'a function elsewhere',
    http(
      "IntegrationType: AWS_PROXY, IntegrationUri: 'arn:aws:lambda:eu-west-1:123456789012:function:orders'",
    ),
    ['medium: POST / of Post, which calls a function elsewhere, has no authorizer.'],
  ],
  [
    'a bus',
    http('IntegrationType: AWS_PROXY, IntegrationSubtype: EventBridge-PutEvents'),
    ['medium: POST / of Post, which calls eventbridge, has no authorizer.'],
  ],
  [
    'a bus, by its document',
    `
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Body:
        paths:
          /events:
            post: { x-amazon-apigateway-integration: { type: aws_proxy, integrationSubtype: EventBridge-PutEvents } }`,
    ['medium: POST /events of Api, which calls eventbridge, has no authorizer.'],
  ],
  [
    'another address',
    http("IntegrationType: HTTP_PROXY, IntegrationUri: 'https://shop.example/'"),
    ['low: POST / of Post, which calls an address elsewhere, has no authorizer.'],
  ],
  ['a state machine', machine(''), ['medium: POST /orders of Orders has no authorizer.']],
  ['a state machine, for who may', machine(', Auth: { Authorizer: AWS_IAM }'), []],
])('a route that calls %s', async (_, template, told) => {
  const found = await routeWithoutAuthorizer.find(graphOf(template));
  expect(found.map(({ severity, message }) => `${severity}: ${message}`)).toEqual(told);
});
