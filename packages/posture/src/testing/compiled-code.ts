import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openPackage } from '@ringfence/scan';
import { afterAll } from 'vitest';
import { findCompiledCalls } from '../calls/compiled/find-compiled-calls.ts';
import { type CompiledLanguage, readSources } from '../calls/compiled/read-sources.ts';

const work = mkdtempSync(join(tmpdir(), 'ringfence-compiled-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
let count = 0;

/** A folder with these files, until the tests of the file are over. */
export function write(files: Record<string, string>): string {
  const folder = join(work, String(count++));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** The calls in a folder's code, each with the parameters that name what it is about. */
export async function callsIn(
  folder: string,
  language: CompiledLanguage,
  handler?: string,
  environment: Readonly<Record<string, string>> = {},
) {
  const opened = await openPackage(folder);
  const sources = await readSources(opened, language);
  const { calls, whole, notes } = await findCompiledCalls(sources, language, handler, [], environment);
  await opened.close();
  const about =
    /^(TableName|IndexName|Bucket|QueueUrl|TopicArn|FunctionName|SecretId|Name|WorkGroup|EventBusName)$/;
  const shown = calls.map(({ service, operation, parameters }) =>
    [
      `${service}:${operation}`,
      ...Object.entries(parameters)
        .filter(([name]) => about.test(name))
        .map(([name, text]) => `${name}=${text}`),
    ].join(' '),
  );
  return { calls: shown, whole, notes };
}
