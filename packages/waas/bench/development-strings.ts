import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export interface DevelopmentString {
  text: string;
  label: 'sqli' | 'xss' | 'cmdi' | 'lfi' | 'code' | 'benign';
  source: string;
  tier: string;
}

const file = new URL('../../../../shared/waas/dev.jsonl.gz', import.meta.url);

/** The strings to develop against (`../shared/waas`, beside the project), or undefined where the folder is absent. */
export function developmentStrings(): DevelopmentString[] | undefined {
  const path = [file, new URL('../../../../../shared/waas/dev.jsonl.gz', import.meta.url)].find((at) =>
    existsSync(at),
  );
  if (path === undefined) return undefined;
  return gunzipSync(readFileSync(path))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}
