import type { Finding, Severity } from '@ringfence/findings';
import type { FindingWithHistory, StoredFinding } from '../../api/findings.ts';
import type { Tone } from '../../ui/badge.tsx';

export const SEVERITY_TONES: Record<Severity, Tone> = {
  critical: 'danger',
  high: 'danger',
  medium: 'warn',
  low: 'info',
  info: 'neutral',
};

export const STATES: Record<StoredFinding['state'], { label: string; tone: Tone; what: string }> = {
  new: { label: 'New', tone: 'danger', what: 'Came with the newest scan, or with advisories since then.' },
  open: { label: 'Open', tone: 'warn', what: 'Was there before the newest scan, and still is.' },
  fixed: {
    label: 'Fixed',
    tone: 'good',
    what: 'The newest scan has it no more, or its advisory was withdrawn.',
  },
  suppressed: { label: 'Suppressed', tone: 'neutral', what: 'Somebody has said why it does not count.' },
};

export const KINDS: Record<Finding['kind'], string> = {
  vulnerability: 'Vulnerability',
  malicious: 'Malicious package',
  secret: 'Secret',
  code: 'Risky code',
  content: 'Content',
  posture: 'Posture',
};

export const REACHABLE = {
  yes: { label: 'Reachable', tone: 'danger', what: 'The handler imports it.' },
  no: { label: 'Not reachable', tone: 'good', what: 'The handler does not import it.' },
  unknown: { label: 'Reach unknown', tone: 'neutral', what: 'Whether the handler imports it is not known.' },
} as const;

export const EVENTS: Record<FindingWithHistory['history'][number]['what'], string> = {
  found: 'found',
  fixed: 'no longer there',
  returned: 'came back',
  suppressed: 'suppressed',
  unsuppressed: 'no longer suppressed',
};

/** A place as editors take it: path:line:column. */
export const placeText = ({ path, line, column }: Finding['locations'][number]): string =>
  [path, line, line && column].filter((part) => part !== undefined).join(':');
