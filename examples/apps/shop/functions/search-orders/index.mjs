import { execSync } from 'node:child_process';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

export async function handler(event) {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: process.env.ORDERS }));
  const found = execSync(`grep -i ${event.queryStringParameters.text}`, { input: JSON.stringify(Items) });
  return { statusCode: 200, body: found.toString() };
}
