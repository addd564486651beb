import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';

const client = new S3Client({});

export async function handler() {
  const { Body } = await client.send(
    new GetObjectCommand({ Bucket: process.env.EXPORTS, Key: 'orders.jsonl' }),
  );
  const lines = (await Body.transformToString()).split('\n');
  console.log(`${lines.length} orders`);
}
