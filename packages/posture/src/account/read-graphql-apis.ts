import {
  AppSyncClient,
  type GraphqlApi,
  ListDataSourcesCommand,
  ListGraphqlApisCommand,
} from '@aws-sdk/client-appsync';
import { hole } from '../template/substitution.ts';
import type { AccountReader } from './account-reader.ts';
import { capitalise } from './capitalise.ts';

async function readApi(reader: AccountReader, client: AppSyncClient, own: GraphqlApi) {
  const { apiId = '', arn, additionalAuthenticationProviders: more } = own;
  const id = reader.id('graphql-api', apiId);
  const { Tags: _, ...said } = capitalise(own);
  reader.add(
    id,
    'AWS::AppSync::GraphQLApi',
    { ...said, AdditionalAuthenticationProviders: more?.map(capitalise) },
    { arn },
  );
  const sources = await reader.list('appsync:ListDataSources', async (nextToken) => {
    const page = await client.send(new ListDataSourcesCommand({ apiId, nextToken }));
    return { items: page.dataSources, next: page.nextToken };
  });
  for (const { name, type, serviceRoleArn, lambdaConfig, dynamodbConfig } of sources)
    reader.add(
      reader.id('graphql-api', apiId, 'source', name),
      'AWS::AppSync::DataSource',
      {
        Name: name,
        Type: type,
        ServiceRoleArn: serviceRoleArn,
        LambdaConfig: lambdaConfig && { LambdaFunctionArn: lambdaConfig.lambdaFunctionArn },
        DynamoDBConfig: dynamodbConfig && { TableName: dynamodbConfig.tableName },
      },
      { references: { ApiId: hole(id) } },
    );
}

/** GraphQL APIs of AppSync: how they ask who calls, and what they call. */
export async function readGraphqlApis(reader: AccountReader): Promise<void> {
  const client = new AppSyncClient(reader.settings);
  const apis = await reader.list('appsync:ListGraphqlApis', async (nextToken) => {
    const page = await client.send(new ListGraphqlApisCommand({ nextToken }));
    return { items: page.graphqlApis, next: page.nextToken };
  });
  await reader.each('appsync:ListGraphqlApis', apis, (own) => readApi(reader, client, own));
}
