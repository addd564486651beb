import { SEVERITIES } from '@ringfence/findings';
import type { FunctionSummary } from '../../api/findings.ts';
import { Badge } from '../../ui/badge.tsx';
import { SEVERITY_TONES } from './finding-words.ts';

/** How many findings there are of each severity; "none" where there are none. */
export function SeverityCounts({ counts }: { counts: FunctionSummary['severities'] }) {
  const shown = SEVERITIES.filter((severity) => counts[severity] > 0);
  return (
    <span className="flex flex-wrap gap-1.5">
      {shown.length === 0 && <Badge tone="good">none</Badge>}
      {shown.map((severity) => (
        <Badge key={severity} tone={SEVERITY_TONES[severity]}>
          {counts[severity].toLocaleString()} {severity}
        </Badge>
      ))}
    </span>
  );
}
