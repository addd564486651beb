import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';

const orders = new DynamoDBClient({});
const topic = new SNSClient({});

async function pay({ body }) {
  const { id } = JSON.parse(body);
  await orders.send(
    new UpdateItemCommand({
      TableName: process.env.ORDERS,
      Key: { id: { S: id } },
      UpdateExpression: 'SET paid = :now',
      ExpressionAttributeValues: { ':now': { S: new Date().toISOString() } },
    }),
  );
  await topic.send(new PublishCommand({ TopicArn: process.env.PAID, Message: JSON.stringify({ id }) }));
}

export async function handler(event) {
  const results = await Promise.allSettled(event.Records.map(pay));
  const failed = event.Records.filter((_, index) => results[index].status === 'rejected');
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}
