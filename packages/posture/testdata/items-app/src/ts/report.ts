import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const s3 = new S3Client({});
export const handler = async (): Promise<void> => {
  await s3.send(
    new PutObjectCommand({
      Bucket: process.env.BUCKET,
      Key: `daily/${new Date().toISOString()}.json`,
      Body: '{}',
    }),
  );
};
