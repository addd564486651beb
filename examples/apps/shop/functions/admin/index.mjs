import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

export async function handler(event) {
  const { id } = event.queryStringParameters;
  await client.send(new DeleteItemCommand({ TableName: process.env.ORDERS, Key: { id: { S: id } } }));
  return { statusCode: 204 };
}
