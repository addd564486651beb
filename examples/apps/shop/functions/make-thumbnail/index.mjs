import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const client = new S3Client({});

/** The first kilobyte stands for a smaller picture here. */
async function shrink({ s3: { bucket, object } }) {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket.name, Key: object.key }));
  const bytes = await Body.transformToByteArray();
  await client.send(
    new PutObjectCommand({
      Bucket: process.env.PICTURES,
      Key: `thumbnails/${object.key}`,
      Body: bytes.subarray(0, 1024),
    }),
  );
}

export async function handler(event) {
  await Promise.all(event.Records.map(shrink));
}
