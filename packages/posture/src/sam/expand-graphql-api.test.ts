import { expect, test } from 'vitest';
import { graphqlApiKey } from '../checks/graphql-api-key.ts';
import { orphanFunction } from '../checks/orphan-function.ts';
import { graphOf } from '../testing/graph-of.ts';

test("a GraphQL API of SAM is AppSync's, starts the functions behind its data, and tells how it asks who is calling", async () => {
  const graph = graphOf(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Graph:
    Type: AWS::Serverless::GraphQLApi
    Properties:
      SchemaInline: 'type Query { orders: [String] }'
      Auth: { Type: API_KEY, Additional: [{ Type: AWS_LAMBDA, LambdaAuthorizer: { AuthorizerUri: !GetAtt Guard.Arn } }] }
      DataSources:
        Lambda: { Orders: { FunctionArn: !GetAtt Find.Arn } }
        DynamoDb: { Table: { TableName: orders, TableArn: !Sub 'arn:aws:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/orders' } }
  Find: { Type: AWS::Serverless::Function, Properties: { Handler: index.handler } }
  Guard: { Type: AWS::Serverless::Function, Properties: { Handler: index.handler } }`);
  expect(graph.functions.get('Find')?.triggers).toMatchObject([{ kind: 'appsync datasource' }]);
  expect(graph.resources.get('GraphTableDataSource')?.type).toBe('AWS::AppSync::DataSource');
  expect(await graphqlApiKey.find(graph)).toHaveLength(1);
  expect(await orphanFunction.find(graph)).toEqual([]);
  expect(graph.notes).toEqual([]);
});
