import {
  GetResourcePolicyCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { hole } from '../template/substitution.ts';
import type { AccountReader } from './account-reader.ts';
import { parseJson } from './parse-json.ts';

/** Secrets by their names, with their policies and the functions that rotate them; never what they hold. */
export async function readSecrets(reader: AccountReader): Promise<void> {
  const client = new SecretsManagerClient(reader.settings);
  const secrets = await reader.list('secretsmanager:ListSecrets', async (NextToken) => {
    const page = await client.send(new ListSecretsCommand({ NextToken, MaxResults: 100 }));
    return { items: page.SecretList, next: page.NextToken };
  });
  await reader.each('secretsmanager:ListSecrets', secrets, async (secret) => {
    const { ARN: SecretId, Name, KmsKeyId, RotationEnabled, RotationLambdaARN } = secret;
    const id = reader.id('secret', Name);
    const references = { SecretId: hole(id) };
    reader.add(id, 'AWS::SecretsManager::Secret', { Name, KmsKeyId }, { arn: SecretId });
    if (RotationEnabled && RotationLambdaARN)
      reader.add(
        `${id}/rotation`,
        'AWS::SecretsManager::RotationSchedule',
        { RotationLambdaARN },
        { references },
      );
    const policy = await reader.ask('secretsmanager:GetResourcePolicy', async () =>
      parseJson((await client.send(new GetResourcePolicyCommand({ SecretId }))).ResourcePolicy),
    );
    if (policy)
      reader.add(
        `${id}/policy`,
        'AWS::SecretsManager::ResourcePolicy',
        { ResourcePolicy: policy },
        { references },
      );
  });
}
