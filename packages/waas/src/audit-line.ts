import { randomBytes } from 'node:crypto';
import type { Inspection } from './engine.ts';

/** The function that an audit is about, in the words of the audit format (docs/architecture.md). */
export interface AuditedFunction {
  /** `aws`, `gcp` … */
  cloud: string;
  account: string;
  region: string;
  name: string;
  version: string;
  /** By Lambda's identifier, such as `nodejs20.x`. */
  runtime: string;
  arch: 'x86_64' | 'arm64';
}

/** As in the init (waas-audit.c), so that a line is never longer than a pipe takes at once. */
const MAX_DETAIL = 2048;
const MAX_SOURCE = 600;
const MAX_REQUEST = 64;
const SHOWN_PATH = 80;

const instance = randomBytes(8).toString('hex');

const beginnings = {
  pass: 'an event',
  answer: 'refused an event',
  error: 'refused an event',
  replace: 'refused a part of an event',
};

/** Sortable by time: 48 bits of Unix milliseconds, then 80 random bits. */
const makeId = (time: number) => time.toString(16).padStart(12, '0') + randomBytes(10).toString('hex');

const sizeOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

function makeMessage({ decision, trigger, verdicts: [first] }: Inspection): string {
  const beginning = `${beginnings[decision.kind]} (${trigger})`;
  if (!first) return `${beginning} that could not be judged fully`;
  const place = first.path ? ` in ${first.path.slice(0, SHOWN_PATH)}` : '';
  return `${beginning}: ${first.class}${place}: the text ${first.reason}`;
}

/** With the verdicts that there is room for. */
function makeDetail(inspection: Inspection, requestId: string) {
  const { decision, trigger, address, identity, verdicts, leftOut, incomplete } = inspection;
  const isShort = sizeOf({ trigger, address, identity }) <= MAX_SOURCE;
  const head = { requestId, decision: decision.kind, trigger, ...(isShort && { address, identity }) };
  let room = MAX_DETAIL - 100 - sizeOf({ ...head, leftOut, incomplete });
  const kept = verdicts.filter((verdict) => {
    const size = sizeOf(verdict) + 1;
    if (size > room) return false;
    room -= size;
    return true;
  });
  return { ...head, verdicts: kept, leftOut: leftOut + verdicts.length - kept.length, incomplete };
}

/** The audit of an event, one line of JSON without its end. What the engine found holds no secrets: it masks them itself. */
export function makeAuditLine(inspection: Inspection, of: AuditedFunction, requestId: string): string {
  const time = Date.now();
  const request = requestId.slice(0, MAX_REQUEST);
  const isPassed = inspection.decision.kind === 'pass';
  return JSON.stringify({
    ringfence: 1,
    id: makeId(time),
    time: new Date(time),
    function: of,
    instance,
    request,
    count: 1,
    type: 'waas',
    effect: isPassed ? 'alert' : 'prevent',
    action: isPassed ? 'reported' : 'blocked',
    message: makeMessage(inspection),
    detail: makeDetail(inspection, request),
  });
}
