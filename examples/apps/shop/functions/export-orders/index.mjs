import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const orders = new DynamoDBClient({});
const files = new S3Client({});

export async function handler() {
  const lines = [];
  for await (const { Items = [] } of paginateScan({ client: orders }, { TableName: process.env.ORDERS }))
    lines.push(...Items.map((item) => JSON.stringify(item)));
  await files.send(
    new PutObjectCommand({ Bucket: process.env.EXPORTS, Key: 'orders.jsonl', Body: lines.join('\n') }),
  );
}
