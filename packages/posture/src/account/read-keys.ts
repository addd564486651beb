import { GetKeyPolicyCommand, KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import type { AccountReader } from './account-reader.ts';
import { parseJson } from './parse-json.ts';

/** Keys of KMS with their policies. */
export async function readKeys(reader: AccountReader): Promise<void> {
  const client = new KMSClient(reader.settings);
  const keys = await reader.list('kms:ListKeys', async (Marker) => {
    const page = await client.send(new ListKeysCommand({ Marker, Limit: 1000 }));
    return { items: page.Keys, next: page.NextMarker };
  });
  await reader.each('kms:ListKeys', keys, async ({ KeyId, KeyArn }) => {
    const policy = await reader.ask('kms:GetKeyPolicy', async () =>
      parseJson((await client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }))).Policy),
    );
    reader.add(reader.id('key', KeyId), 'AWS::KMS::Key', { KeyPolicy: policy }, { arn: KeyArn });
  });
}
