import { Badge } from '../../ui/badge.tsx';

/** The revision that a Defender enforces, and whether it is the stored one. */
export function PolicyState({ revision, current }: { revision: number | null; current: number }) {
  if (revision === null) return <span className="text-muted">–</span>;
  return (
    <span className="flex items-center gap-1.5 tabular-nums">
      {revision}
      {revision === current ? (
        <Badge tone="good">Current</Badge>
      ) : (
        <Badge tone="warn">Older than {current}</Badge>
      )}
    </span>
  );
}
