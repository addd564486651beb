import {
  GetTopicAttributesCommand,
  ListSubscriptionsCommand,
  ListTopicsCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { hole, unknown } from '../template/substitution.ts';
import type { AccountReader } from './account-reader.ts';
import { parseJson } from './parse-json.ts';

async function readTopic(reader: AccountReader, client: SNSClient, TopicArn: string) {
  const answer = await reader.askFor('sns:GetTopicAttributes', () =>
    client.send(new GetTopicAttributesCommand({ TopicArn })),
  );
  if (!answer) return;
  const { Policy, KmsMasterKeyId } = answer === 'missed' ? {} : (answer.Attributes ?? {});
  const name = TopicArn.slice(TopicArn.lastIndexOf(':') + 1);
  const id = reader.id('topic', name);
  reader.add(
    id,
    'AWS::SNS::Topic',
    { TopicName: name, KmsMasterKeyId },
    { arn: TopicArn, references: answer === 'missed' ? { KmsMasterKeyId: unknown } : {} },
  );
  if (Policy)
    reader.add(
      `${id}/policy`,
      'AWS::SNS::TopicPolicy',
      { PolicyDocument: parseJson(Policy) },
      { references: { Topics: [hole(id)] } },
    );
}

/** Topics with their policies and subscriptions. */
export async function readTopics(reader: AccountReader): Promise<void> {
  const client = new SNSClient(reader.settings);
  const topics = await reader.list('sns:ListTopics', async (NextToken) => {
    const page = await client.send(new ListTopicsCommand({ NextToken }));
    return { items: page.Topics, next: page.NextToken };
  });
  await reader.each('sns:ListTopics', topics, ({ TopicArn = '' }) => readTopic(reader, client, TopicArn));
  const subscriptions = await reader.list('sns:ListSubscriptions', async (NextToken) => {
    const page = await client.send(new ListSubscriptionsCommand({ NextToken }));
    return { items: page.Subscriptions, next: page.NextToken };
  });
  for (const [index, subscription] of subscriptions.entries())
    reader.add(reader.id('subscription', String(index)), 'AWS::SNS::Subscription', subscription);
}
