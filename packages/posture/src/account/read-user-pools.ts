import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { hole } from '../template/substitution.ts';
import type { AccountReader } from './account-reader.ts';

async function readUserPool(
  reader: AccountReader,
  client: CognitoIdentityProviderClient,
  UserPoolId: string,
) {
  const described = await reader.ask('cognito-idp:DescribeUserPool', () =>
    client.send(new DescribeUserPoolCommand({ UserPoolId })),
  );
  if (!described?.UserPool) return;
  const { Name, Arn, SchemaAttributes, ...pool } = described.UserPool;
  const id = reader.id('user-pool', UserPoolId);
  reader.add(
    id,
    'AWS::Cognito::UserPool',
    { ...pool, UserPoolName: Name, Schema: SchemaAttributes },
    { arn: Arn },
  );
  const clients = await reader.list('cognito-idp:ListUserPoolClients', async (NextToken) => {
    const page = await client.send(new ListUserPoolClientsCommand({ UserPoolId, NextToken, MaxResults: 60 }));
    return { items: page.UserPoolClients, next: page.NextToken };
  });
  await reader.each('cognito-idp:ListUserPoolClients', clients, async ({ ClientId }) => {
    const answer = await reader.ask('cognito-idp:DescribeUserPoolClient', () =>
      client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId })),
    );
    if (!answer?.UserPoolClient) return;
    // Its secret goes nowhere.
    const { ClientSecret, ...said } = answer.UserPoolClient;
    reader.add(
      `${id}/client/${ClientId}`,
      'AWS::Cognito::UserPoolClient',
      { ...said, GenerateSecret: ClientSecret !== undefined },
      { references: { UserPoolId: hole(id) } },
    );
  });
}

/** User pools and their clients. */
export async function readUserPools(reader: AccountReader): Promise<void> {
  const client = new CognitoIdentityProviderClient(reader.settings);
  const pools = await reader.list('cognito-idp:ListUserPools', async (NextToken) => {
    const page = await client.send(new ListUserPoolsCommand({ NextToken, MaxResults: 60 }));
    return { items: page.UserPools, next: page.NextToken };
  });
  await reader.each('cognito-idp:ListUserPools', pools, ({ Id = '' }) => readUserPool(reader, client, Id));
}
