import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPackage } from '@ringfence/scan';
import { onTestFinished } from 'vitest';
import { findCompiledCalls } from '../calls/compiled/find-compiled-calls.ts';
import { type CompiledLanguage, readSources } from '../calls/compiled/read-sources.ts';
import { writeFiles } from './write-files.ts';

/** A folder with these files, until the test is over. */
export function write(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-compiled-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFiles(folder, files);
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
