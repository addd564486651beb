import type { ReactNode } from 'react';
import { Badge, type Tone } from '../../ui/badge.tsx';

const names: Record<string, string> = {
  path: 'Binary',
  requested: 'Asked for',
  argv: 'Arguments',
  pid: 'Process id',
  caller: 'Caller',
  call: 'System call',
  abi: 'Call table',
  reason: 'Reason',
  script: 'Interpreter',
  direction: 'What',
  protocol: 'Protocol',
  domain: 'Name',
  address: 'Address',
  port: 'Port',
  access: 'Access',
  target: 'Target',
  tier: 'Tier',
  kernel: 'Kernel',
  filter: 'Seccomp filter',
  notify: 'User notification',
  verify: 'Exec verification',
  landlock: 'Landlock ABI',
  policy: 'Policy revision',
  source: 'Policy from',
  init: 'Defender version',
  sections: 'Sections',
  tiers: 'Tier of each section',
  missing: 'Missing',
};
const namesByType: Record<string, Record<string, string>> = {
  process: { caller: 'Started by' },
  file: { path: 'File' },
};

/** Words of the format as people say them. */
const words: Record<string, Record<string, string>> = {
  direction: {
    outbound: 'a connection',
    listen: 'a port to listen on',
    lookup: 'a lookup of a name',
    socket: 'a socket',
  },
  access: { read: 'to read', write: 'to write', execute: 'to run' },
};
const tones: Record<string, Tone> = { prevent: 'good', alert: 'warn', learn: 'info', unguarded: 'danger' };
/** Sentences and words rather than names of things. */
const prose = new Set(['reason', 'tier', 'protocol', 'direction', 'access']);

const code = (text: string) => <code className="font-mono text-[12.5px]">{text}</code>;

function showValue(key: string, value: unknown): ReactNode {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (value === null) return '–';
  if (key === 'missing' && Array.isArray(value))
    return value.length === 0 ? (
      'nothing'
    ) : (
      <ul>
        {value.map((word) => (
          <li key={String(word)}>{String(word)}</li>
        ))}
      </ul>
    );
  if (Array.isArray(value)) return code(value.map((part) => JSON.stringify(part)).join(' '));
  if (typeof value === 'object')
    return (
      <span className="flex flex-wrap gap-1.5">
        {Object.entries(value).map(([name, word]) => (
          <Badge key={name} tone={tones[String(word)] ?? 'neutral'}>
            {name}: {String(word)}
          </Badge>
        ))}
      </span>
    );
  const text = words[key]?.[String(value)] ?? String(value);
  return prose.has(key) ? text : text && code(text);
}

/** The detail of an audit of this type as names and values for people; unknown fields keep their own name. */
export function detailRows(type: string, detail: Record<string, unknown>): [string, ReactNode][] {
  return Object.entries(detail).map(([key, value]) => [
    namesByType[type]?.[key] ?? names[key] ?? key,
    showValue(key, value),
  ]);
}
