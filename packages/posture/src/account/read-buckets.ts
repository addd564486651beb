import {
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  type Grant,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { hole } from '../template/substitution.ts';
import type { AccountReader } from './account-reader.ts';
import { parseJson } from './parse-json.ts';

const everyone = 'http://acs.amazonaws.com/groups/global/AllUsers';
const anyAccount = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';

/** The ready-made ACL that lets as many in as the grants do. */
function aclOf(grants: Grant[] = []): string | undefined {
  const may = (uri: string, permission: RegExp) =>
    grants.some(({ Grantee, Permission }) => Grantee?.URI === uri && permission.test(Permission ?? ''));
  if (may(everyone, /^(WRITE|FULL_CONTROL)$/)) return 'PublicReadWrite';
  if (may(everyone, /^READ$/)) return 'PublicRead';
  return may(anyAccount, /^(READ|WRITE|FULL_CONTROL)$/) ? 'AuthenticatedRead' : undefined;
}

async function readBucket(reader: AccountReader, client: S3Client, Bucket: string) {
  const [access, acl, encryption, notification, policy] = await Promise.all([
    reader.askFor('s3:GetBucketPublicAccessBlock', () =>
      client.send(new GetPublicAccessBlockCommand({ Bucket })),
    ),
    reader.ask('s3:GetBucketAcl', () => client.send(new GetBucketAclCommand({ Bucket }))),
    reader.ask('s3:GetEncryptionConfiguration', () =>
      client.send(new GetBucketEncryptionCommand({ Bucket })),
    ),
    reader.ask('s3:GetBucketNotification', () =>
      client.send(new GetBucketNotificationConfigurationCommand({ Bucket })),
    ),
    reader.ask('s3:GetBucketPolicy', async () =>
      parseJson((await client.send(new GetBucketPolicyCommand({ Bucket }))).Policy),
    ),
  ]);
  const id = reader.id('bucket', Bucket);
  const functions = notification?.LambdaFunctionConfigurations?.map((each) => ({
    Function: each.LambdaFunctionArn,
  }));
  // Where nothing is known of what keeps the public out, nothing is said of whom the bucket lets in.
  const isKnown = access !== 'missed';
  const said = {
    BucketName: Bucket,
    AccessControl: isKnown ? aclOf(acl?.Grants) : undefined,
    PublicAccessBlockConfiguration: isKnown ? access?.PublicAccessBlockConfiguration : undefined,
    BucketEncryption: encryption?.ServerSideEncryptionConfiguration && {
      ServerSideEncryptionConfiguration: encryption.ServerSideEncryptionConfiguration.Rules,
    },
    NotificationConfiguration: functions && { LambdaConfigurations: functions },
  };
  reader.add(id, 'AWS::S3::Bucket', said, { arn: `arn:aws:s3:::${Bucket}` });
  if (policy && isKnown)
    reader.add(
      `${id}/policy`,
      'AWS::S3::BucketPolicy',
      { PolicyDocument: policy },
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
  await reader.each('s3:ListAllMyBuckets', buckets, ({ Name = '' }) => readBucket(reader, client, Name));
}
