import { Badge, type Tone } from '../../ui/badge.tsx';

const tones: Record<string, Tone> = { blocked: 'danger', allowed: 'warn', reported: 'info' };
const words: Record<string, string> = { blocked: 'Blocked', allowed: 'Allowed', reported: 'Reported' };

/** What the Defender did. */
export function ActionBadge({ action }: { action: string }) {
  return <Badge tone={tones[action] ?? 'neutral'}>{words[action] ?? action}</Badge>;
}
