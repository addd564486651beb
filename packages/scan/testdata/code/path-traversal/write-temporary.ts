import { createWriteStream } from 'node:fs';
export const handler = async (event: { Records: { s3: { object: { key: string } } }[] }) => {
  for (const { s3 } of event.Records) createWriteStream(`/tmp/${decodeURIComponent(s3.object.key)}`);
};
