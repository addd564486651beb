import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { routeWithoutAuthorizer } from '../checks/route-without-authorizer.ts';
import { readTemplate } from '../cloudformation/read-template.ts';
import { graphOf } from '../testing/graph-of.ts';
import { buildGraph } from './build-graph.ts';

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

const folder = mkdtempSync(join(tmpdir(), 'ringfence-openapi-'));
afterAll(() => rmSync(folder, { recursive: true }));

const withDocument = (definition: string) => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties: { StageName: live, ${definition} }
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Events:
        Add: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /orders, Method: post } }
        Drop: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /orders, Method: delete } }`;
const document = (integration: string) => `
paths:
  /orders:
    post: { security: [{ people: [] }]${integration} }
    delete: { summary: Drop${integration} }
components: { securitySchemes: { people: { type: apiKey, x-amazon-apigateway-authtype: custom } } }`;
const integration = `, x-amazon-apigateway-integration: { uri: { 'Fn::Sub': '\${Orders.Arn}/invocations' } }`;

test.each([
  [
    'included',
    '{ "Fn::Transform": { Name: AWS::Include, Parameters: { Location: ./with.yaml } } }',
    ['DELETE'],
  ],
  ['that names no function', 'plain.yaml', ['DELETE']],
  ['whose API answers by itself', 'mock.yaml', []],
  ['in a bucket', 's3://apis/orders.yaml', []],
])('of an API with a document %s, the routes are told that ask nobody', async (_, definition, open) => {
  writeFileSync(join(folder, 'with.yaml'), document(integration));
  writeFileSync(join(folder, 'plain.yaml'), document(''));
  writeFileSync(join(folder, 'mock.yaml'), document(', x-amazon-apigateway-integration: { type: mock }'));
  const member = definition.startsWith('{') ? 'DefinitionBody' : 'DefinitionUri';
  writeFileSync(join(folder, 'template.yaml'), withDocument(`${member}: ${definition}`));
  const graph = buildGraph(readTemplate(join(folder, 'template.yaml')));
  const found = await routeWithoutAuthorizer.find(graph);
  expect(found.map(({ message }) => message.split(' ')[0])).toEqual(open);
});
