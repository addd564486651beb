import type { ReactNode } from 'react';
import { Badge } from '../../ui/badge.tsx';

const names: Record<string, string> = {
  path: 'Binary',
  requested: 'Asked for',
  argv: 'Arguments',
  pid: 'Process id',
  caller: 'Started by',
  call: 'System call',
  abi: 'Call table',
  reason: 'Reason',
  script: 'Interpreter',
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
  missing: 'Missing',
};

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
          <Badge key={name} tone={word === 'prevent' ? 'good' : word === 'unguarded' ? 'danger' : 'neutral'}>
            {name}: {String(word)}
          </Badge>
        ))}
      </span>
    );
  const text = String(value);
  return key === 'reason' || key === 'tier' ? text : text && code(text);
}

/** The detail of an audit as names and values for people; unknown fields keep their own name. */
export function detailRows(detail: Record<string, unknown>): [string, ReactNode][] {
  return Object.entries(detail).map(([key, value]) => [names[key] ?? key, showValue(key, value)]);
}
