import {
  CognitoIdentityClient,
  DescribeIdentityPoolCommand,
  GetIdentityPoolRolesCommand,
  ListIdentityPoolsCommand,
} from '@aws-sdk/client-cognito-identity';
import { hole } from '../template/substitution.ts';
import type { AccountReader } from './account-reader.ts';

async function readPool(reader: AccountReader, client: CognitoIdentityClient, IdentityPoolId: string) {
  const [pool, attached] = await Promise.all([
    reader.ask('cognito-identity:DescribeIdentityPool', () =>
      client.send(new DescribeIdentityPoolCommand({ IdentityPoolId })),
    ),
    reader.ask('cognito-identity:GetIdentityPoolRoles', () =>
      client.send(new GetIdentityPoolRolesCommand({ IdentityPoolId })),
    ),
  ]);
  if (!pool) return;
  const { IdentityPoolName, AllowUnauthenticatedIdentities } = pool;
  const id = reader.id('identity-pool', IdentityPoolId);
  reader.add(id, 'AWS::Cognito::IdentityPool', { IdentityPoolName, AllowUnauthenticatedIdentities });
  if (attached?.Roles)
    reader.add(
      `${id}/roles`,
      'AWS::Cognito::IdentityPoolRoleAttachment',
      { Roles: attached.Roles },
      { references: { IdentityPoolId: hole(id) } },
    );
}

/** Identity pools, whether they take guests, and the roles that they hand out. */
export async function readIdentityPools(reader: AccountReader): Promise<void> {
  const client = new CognitoIdentityClient(reader.settings);
  const pools = await reader.list('cognito-identity:ListIdentityPools', async (NextToken) => {
    const page = await client.send(new ListIdentityPoolsCommand({ NextToken, MaxResults: 60 }));
    return { items: page.IdentityPools, next: page.NextToken };
  });
  await reader.each('cognito-identity:ListIdentityPools', pools, ({ IdentityPoolId = '' }) =>
    readPool(reader, client, IdentityPoolId),
  );
}
