import {
  DescribeStreamSummaryCommand,
  GetResourcePolicyCommand,
  KinesisClient,
  ListStreamsCommand,
} from '@aws-sdk/client-kinesis';
import { hole, unknown } from '../template/substitution.ts';
import type { AccountReader } from './account-reader.ts';
import { parseJson } from './parse-json.ts';

async function readStream(reader: AccountReader, client: KinesisClient, StreamName: string) {
  const ResourceARN = `arn:aws:kinesis:${reader.settings.region}:${reader.account}:stream/${StreamName}`;
  const [described, policy] = await Promise.all([
    reader.askFor('kinesis:DescribeStreamSummary', () =>
      client.send(new DescribeStreamSummaryCommand({ StreamName })),
    ),
    reader.ask('kinesis:GetResourcePolicy', async () =>
      parseJson((await client.send(new GetResourcePolicyCommand({ ResourceARN }))).Policy),
    ),
  ]);
  if (!described) return;
  const id = reader.id('stream', StreamName);
  const { EncryptionType, KeyId } = described === 'missed' ? {} : (described.StreamDescriptionSummary ?? {});
  reader.add(
    id,
    'AWS::Kinesis::Stream',
    {
      Name: StreamName,
      StreamEncryption: EncryptionType === 'KMS' ? { EncryptionType, KeyId } : undefined,
    },
    { arn: ResourceARN, references: described === 'missed' ? { StreamEncryption: unknown } : {} },
  );
  if (policy)
    reader.add(
      `${id}/policy`,
      'AWS::Kinesis::ResourcePolicy',
      { ResourcePolicy: policy },
      { references: { ResourceArn: hole(`${id}.Arn`) } },
    );
}

/** Streams of Kinesis, how they are encrypted and whom they are open to. */
export async function readStreams(reader: AccountReader): Promise<void> {
  const client = new KinesisClient(reader.settings);
  const names = await reader.list('kinesis:ListStreams', async (NextToken) => {
    const page = await client.send(new ListStreamsCommand({ NextToken, Limit: 1000 }));
    return { items: page.StreamNames, next: page.NextToken };
  });
  await reader.each('kinesis:ListStreams', names, (name) => readStream(reader, client, name));
}
