import { spawn } from 'node:child_process';
export const handler = async (event) => {
  for (const record of event.Records) spawn('gzip ' + record.s3.object.key, { shell: true });
};
