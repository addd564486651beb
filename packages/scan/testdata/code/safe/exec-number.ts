import { execSync } from 'node:child_process';
export const handler = async (event: { body: string }): Promise<string> => {
  const { width } = JSON.parse(event.body) as { width: string };
  return execSync(`resize --width ${Number.parseInt(width, 10)} /tmp/in.png`).toString();
};
