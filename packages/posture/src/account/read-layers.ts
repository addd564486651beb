import { GetLayerVersionPolicyCommand, LambdaClient, ListLayersCommand } from '@aws-sdk/client-lambda';
import { listOf, membersOf } from '../graph/json.ts';
import type { AccountReader } from './account-reader.ts';
import { parseJson } from './parse-json.ts';

/** The account's own layers, and whom the newest version of each is open to. */
export async function readLayers(reader: AccountReader): Promise<void> {
  const client = new LambdaClient(reader.settings);
  const layers = await reader.list('lambda:ListLayers', async (Marker) => {
    const page = await client.send(new ListLayersCommand({ Marker }));
    return { items: page.Layers, next: page.NextMarker };
  });
  await reader.each('lambda:ListLayers', layers, async ({ LayerName, LatestMatchingVersion }) => {
    const { Version: VersionNumber, LayerVersionArn } = LatestMatchingVersion ?? {};
    if (VersionNumber === undefined) return;
    const policy = await reader.ask('lambda:GetLayerVersionPolicy', async () =>
      parseJson((await client.send(new GetLayerVersionPolicyCommand({ LayerName, VersionNumber }))).Policy),
    );
    const id = reader.id('layer', LayerName);
    for (const [index, statement] of listOf(membersOf(policy).Statement).entries()) {
      const { Principal, Action, Condition } = membersOf(statement);
      const { AWS } = membersOf(Principal);
      reader.add(`${id}/permission/${index}`, 'AWS::Lambda::LayerVersionPermission', {
        LayerVersionArn,
        Action,
        Principal: AWS ?? Principal,
        OrganizationId: membersOf(membersOf(Condition).StringEquals)['aws:PrincipalOrgID'],
      });
    }
  });
}
