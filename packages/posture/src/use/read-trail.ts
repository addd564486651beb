import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { PostureError } from '../posture-error.ts';
import { EventActions } from './event-actions.ts';
import type { FunctionUse } from './function-use.ts';
import { isLogged } from './logged-actions.ts';
import { TrailFile, TrailRecord } from './trail-record.ts';

const DAY_MS = 86_400_000;
/** Of one file, unpacked. CloudTrail's own have some megabytes. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Lambda names the session of a function's role after the function. */
const session = /^arn:[^:]*:sts::\d{12}:assumed-role\/[^/]+\/([^/]+)$/;

interface Seen {
  actions: Set<string>;
  first: number;
}

async function listFiles(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new PostureError(`${path} does not exist; name a log of CloudTrail, or a folder of them`);
  if (!found.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.json(\.gz)?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  if (files.length === 0) throw new PostureError(`${path} has no .json or .json.gz file of CloudTrail`);
  return files.sort();
}

async function readText(file: string): Promise<string> {
  if ((await stat(file)).size > MOST_BYTES)
    throw new PostureError(`${file} has more than 256 MB; split it as CloudTrail does`);
  const bytes = await readFile(file);
  if (!file.endsWith('.gz')) return bytes.toString();
  try {
    return (await promisify(gunzip)(bytes, { maxOutputLength: MOST_BYTES })).toString();
  } catch (error) {
    const isLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new PostureError(
      isLarge
        ? `${file} unpacks to more than 256 MB; split it as CloudTrail does`
        : `${file} can't be unpacked: ${(error as Error).message}`,
    );
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PostureError(`${file} is no JSON: ${(error as Error).message}`);
  }
}

async function readRecords(file: string): Promise<unknown[]> {
  const { data } = TrailFile.safeParse(parse(await readText(file), file));
  if (!data)
    throw new PostureError(
      `${file} is no log of CloudTrail: it has neither Records nor Events with a CloudTrailEvent each`,
    );
  return 'Records' in data
    ? data.Records
    : data.Events.map(({ CloudTrailEvent }) => parse(CloudTrailEvent, file));
}

/**
 * What functions did, by an API trail: files as CloudTrail writes them, folders of those, or exports of the event history. Calls that were refused
 * count for nothing, and records that are none are passed over. Rejects with a `PostureError` for what can't be read.
 */
export async function readTrail(paths: readonly string[]): Promise<Map<string, FunctionUse[]>> {
  const seen = new Map<string, Seen>();
  const actionsOf = new EventActions();
  let last = 0;
  for (const file of (await Promise.all(paths.map(listFiles))).flat())
    for (const record of await readRecords(file)) {
      const { data: event } = TrailRecord.safeParse(record);
      if (!event) continue;
      const time = Date.parse(event.eventTime);
      last = Math.max(last, time);
      const [, name] = session.exec(event.userIdentity.arn ?? '') ?? [];
      if (name === undefined) continue;
      const of = seen.get(name) ?? { actions: new Set(), first: time };
      of.first = Math.min(of.first, time);
      seen.set(name, of);
      if (!event.errorCode) for (const action of await actionsOf.of(event)) of.actions.add(action);
    }
  return new Map(
    [...seen].map(([name, { actions, first }]) => [
      name,
      [{ source: 'the API trail', days: Math.floor((last - first) / DAY_MS), actions, covers: isLogged }],
    ]),
  );
}
