import { findingKey, type StoredFinding } from '../../api/findings.ts';
import { Badge } from '../../ui/badge.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { placeText, REACHABLE, SEVERITY_TONES, STATES } from './finding-words.ts';
import { RowButton } from './row-button.tsx';

/** One finding of one function. */
export function FindingRow({ stored, onOpen }: { stored: StoredFinding; onOpen: (key: string) => void }) {
  const { finding, state, since, function: fn } = stored;
  const { severity, title, rule, package: affected, locations } = finding;
  const [place] = locations;
  const reach = affected && affected.reachable !== 'unknown' ? REACHABLE[affected.reachable] : undefined;
  return (
    <li className="relative grid gap-x-4 gap-y-1.5 border-t border-line px-4 py-3 first:border-t-0 hover:bg-raised lg:grid-cols-[11rem_minmax(0,3fr)_minmax(0,1.4fr)] lg:items-center">
      <span className="flex flex-wrap items-center gap-1.5">
        <Badge tone={SEVERITY_TONES[severity]}>{severity}</Badge>
        {state !== 'open' && <Badge tone={STATES[state].tone}>{STATES[state].label}</Badge>}
        {reach && (
          <span title={reach.what}>
            <Badge tone={reach.tone}>{reach.label}</Badge>
          </span>
        )}
      </span>
      <RowButton onClick={() => onOpen(findingKey(stored))}>
        <span className="line-clamp-2 font-medium [overflow-wrap:anywhere]">{title}</span>
        <span className="line-clamp-1 text-xs text-muted [overflow-wrap:anywhere]">
          {affected ? `${affected.name} ${affected.version}` : place && placeText(place)} · {rule}
          {affected?.fixed && ` · fixed in ${affected.fixed}`}
        </span>
      </RowButton>
      <span className="text-[13px] text-muted [overflow-wrap:anywhere]">
        {fn.name}, <TimeText value={since} as="ago" />
      </span>
    </li>
  );
}
