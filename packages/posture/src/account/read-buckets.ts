import {
  GetBucketEncryptionCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { hole } from '../template/substitution.ts';
import type { AccountReader } from './account-reader.ts';
import { parseJson } from './parse-json.ts';

async function readBucket(reader: AccountReader, client: S3Client, Bucket: string) {
  const [access, encryption, notification, policy] = await Promise.all([
    reader.ask('s3:GetBucketPublicAccessBlock', () =>
      client.send(new GetPublicAccessBlockCommand({ Bucket })),
    ),
    reader.ask('s3:GetEncryptionConfiguration', () =>
      client.send(new GetBucketEncryptionCommand({ Bucket })),
    ),
    reader.ask('s3:GetBucketNotification', () =>
      client.send(new GetBucketNotificationConfigurationCommand({ Bucket })),
    ),
    reader.ask('s3:GetBucketPolicy', () => client.send(new GetBucketPolicyCommand({ Bucket }))),
  ]);
  const id = reader.id('bucket', Bucket);
  const functions = notification?.LambdaFunctionConfigurations?.map((each) => ({
    Function: each.LambdaFunctionArn,
  }));
  const said = {
    BucketName: Bucket,
    PublicAccessBlockConfiguration: access?.PublicAccessBlockConfiguration,
    BucketEncryption: encryption?.ServerSideEncryptionConfiguration && {
      ServerSideEncryptionConfiguration: encryption.ServerSideEncryptionConfiguration.Rules,
    },
    NotificationConfiguration: functions && { LambdaConfigurations: functions },
  };
  reader.add(id, 'AWS::S3::Bucket', said, { arn: `arn:aws:s3:::${Bucket}` });
  if (policy?.Policy)
    reader.add(
      `${id}/policy`,
      'AWS::S3::BucketPolicy',
      { PolicyDocument: parseJson(policy.Policy) },
      { references: { Bucket: hole(id) } },
    );
}

/** Buckets of all regions, how they are encrypted, whom they are open to, and which functions they call. */
export async function readBuckets(reader: AccountReader): Promise<void> {
  const client = new S3Client({ ...reader.settings, followRegionRedirects: true });
  const buckets = await reader.list('s3:ListAllMyBuckets', async (ContinuationToken) => {
    const page = await client.send(new ListBucketsCommand({ ContinuationToken, MaxBuckets: 1000 }));
    return { items: page.Buckets, next: page.ContinuationToken };
  });
  await Promise.all(buckets.map(({ Name = '' }) => readBucket(reader, client, Name)));
}
