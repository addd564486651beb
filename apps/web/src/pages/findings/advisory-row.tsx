import type { AdvisorySummary } from '../../api/findings.ts';
import { Badge } from '../../ui/badge.tsx';
import { KINDS, SEVERITY_TONES } from './finding-words.ts';
import { RowButton } from './row-button.tsx';

/** One advisory or check with the functions that it concerns. */
export function AdvisoryRow({ summary, onOpen }: { summary: AdvisorySummary; onOpen: () => void }) {
  const { rule, kind, severity, score, title, aliases, functions, names } = summary;
  const more = functions - names.length;
  return (
    <li className="relative grid gap-x-4 gap-y-1.5 border-t border-line px-4 py-3 first:border-t-0 hover:bg-raised lg:grid-cols-[7rem_minmax(0,3fr)_minmax(0,2fr)] lg:items-center">
      <span className="flex items-center gap-2">
        <Badge tone={SEVERITY_TONES[severity]}>{severity}</Badge>
        {score !== null && <span className="text-[13px] tabular-nums text-muted">{score.toFixed(1)}</span>}
      </span>
      <RowButton onClick={onOpen}>
        <span className="line-clamp-2 font-medium [overflow-wrap:anywhere]">{title || rule}</span>
        <span className="line-clamp-1 text-xs text-muted [overflow-wrap:anywhere]">
          {[summary.package ?? KINDS[kind], rule, ...aliases].join(' · ')}
        </span>
      </RowButton>
      <span className="text-[13px] text-muted [overflow-wrap:anywhere]">
        {functions} {functions === 1 ? 'function' : 'functions'}: {names.join(', ')}
        {more > 0 && ` and ${more} more`}
      </span>
    </li>
  );
}
