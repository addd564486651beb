import { spawnSync } from 'node:child_process';

interface Event {
  body: string;
}
export const handler = async (event: Event): Promise<string> => {
  const { path } = JSON.parse(event.body) as { path: string };
  return spawnSync('/bin/sh', ['-c', `ls ${path}`]).stdout.toString();
};
