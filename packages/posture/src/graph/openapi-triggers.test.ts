import { expect, test } from 'vitest';
import { routeWithoutAuthorizer } from '../checks/route-without-authorizer.ts';
import { graphOf } from '../testing/graph-of.ts';

const uri =
  "!Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations'";

const api = (security: string, event = '') => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: live
      DefinitionBody:
        openapi: 3.0.1
        components:
          securitySchemes:
            people: { type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: custom }
            key: { type: apiKey, in: header, name: x-api-key }
        paths:
          /orders:
            post:
              ${security}
              x-amazon-apigateway-integration: { type: aws_proxy, httpMethod: POST, uri: ${uri} }
            options:
              x-amazon-apigateway-integration: { type: mock }
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Events: { ${event} }`;

test.each([
  ['nothing', 'summary: Order', 'NONE'],
  ['an authorizer', 'security: [{ people: [] }]', 'people'],
  ['a key', 'security: [{ key: [] }]', 'API_KEY'],
  ['nobody, in so many words', 'security: []', 'NONE'],
])('a route of an OpenAPI document asks for %s', async (_, security, auth) => {
  const graph = graphOf(api(security));
  expect(graph.functions.get('Orders')?.triggers).toMatchObject([
    { kind: 'rest-api', method: 'POST', path: '/orders', auth, source: '${Api}' },
  ]);
  const open = auth === 'NONE' || auth === 'API_KEY' ? 1 : 0;
  expect(await routeWithoutAuthorizer.find(graph)).toHaveLength(open);
});

test('the document says more of a route than the event does', () => {
  const event = 'Post: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /orders, Method: post } }';
  const graph = graphOf(api('security: [{ people: [] }]', event));
  expect(graph.functions.get('Orders')?.triggers.map(({ auth }) => auth)).toEqual(['people']);
});
