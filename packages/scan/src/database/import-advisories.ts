import { parse as parseYaml } from 'yaml';
import { ZodError } from 'zod';
import type { Advisory } from '../match/advisory.ts';
import type { DatabaseBuilder } from './build-database.ts';
import { type RecordFile, readArchive } from './read-archive.ts';
import { readOsv } from './read-osv.ts';
import { readRubySec } from './read-rubysec.ts';

export interface Imported {
  /** Advisories taken over. */
  taken: number;
  /** Withdrawn, or about nothing that is scanned. */
  leftOut: number;
  /** Files that are no advisory, and why; the first hundred. */
  broken: string[];
  brokenCount: number;
}

function parse({ path, bytes }: RecordFile): unknown {
  const text = bytes.toString('utf8');
  return path.endsWith('.json') ? JSON.parse(text) : parseYaml(text, { maxAliasCount: 100 });
}

/** OSV records have an id; those of the Ruby advisory database name a gem or an engine instead. */
function read(value: unknown): Advisory | undefined {
  const isRubySec =
    typeof value === 'object' && value !== null && !('id' in value) && ('gem' in value || 'engine' in value);
  return isRubySec ? readRubySec(value) : readOsv(value);
}

function explain(error: unknown): string {
  if (!(error instanceof ZodError)) return String((error as Error).message).split('\n', 1)[0] as string;
  const [issue] = error.issues;
  return `${issue?.path.join('.') || 'the record'}: ${issue?.message}`;
}

/**
 * Adds the advisories of a folder or an archive: OSV records as JSON or YAML, or the Ruby advisory database. What cannot be read is counted and
 * left out, so that one broken record does not keep the others from being known. `onProgress` gets the number of files read.
 */
export async function importAdvisories(
  source: string,
  builder: DatabaseBuilder,
  onProgress: (files: number) => void = () => {},
): Promise<Imported> {
  const imported: Imported = { taken: 0, leftOut: 0, broken: [], brokenCount: 0 };
  let files = 0;
  for await (const file of readArchive(source)) {
    onProgress(++files);
    try {
      const advisory = read(parse(file));
      if (advisory) builder.add(advisory);
      imported[advisory ? 'taken' : 'leftOut']++;
    } catch (error) {
      if (imported.brokenCount++ < 100) imported.broken.push(`${file.path}: ${explain(error)}`);
    }
  }
  return imported;
}
