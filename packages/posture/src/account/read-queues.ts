import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { hole } from '../template/substitution.ts';
import type { AccountReader } from './account-reader.ts';
import { parseJson } from './parse-json.ts';

async function readQueue(reader: AccountReader, client: SQSClient, QueueUrl: string) {
  const answer = await reader.ask('sqs:GetQueueAttributes', () =>
    client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] })),
  );
  if (!answer) return;
  const { QueueArn, Policy, RedrivePolicy, SqsManagedSseEnabled, ...others } = answer.Attributes ?? {};
  const name = QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1);
  const id = reader.id('queue', name);
  const said = {
    ...others,
    QueueName: name,
    RedrivePolicy: parseJson(RedrivePolicy),
    SqsManagedSseEnabled: SqsManagedSseEnabled === 'true',
  };
  reader.add(id, 'AWS::SQS::Queue', said, { arn: QueueArn });
  if (Policy)
    reader.add(
      `${id}/policy`,
      'AWS::SQS::QueuePolicy',
      { PolicyDocument: parseJson(Policy) },
      { references: { Queues: [hole(id)] } },
    );
}

/** Queues with their policies. */
export async function readQueues(reader: AccountReader): Promise<void> {
  const client = new SQSClient({ ...reader.settings, useQueueUrlAsEndpoint: false });
  const urls = await reader.list('sqs:ListQueues', async (NextToken) => {
    const page = await client.send(new ListQueuesCommand({ NextToken, MaxResults: 1000 }));
    return { items: page.QueueUrls, next: page.NextToken };
  });
  await reader.each('sqs:ListQueues', urls, (url) => readQueue(reader, client, url));
}
