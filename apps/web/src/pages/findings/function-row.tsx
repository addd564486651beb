import type { FunctionSummary } from '../../api/findings.ts';
import { TimeText } from '../../ui/time-text.tsx';
import { RowButton } from './row-button.tsx';
import { SeverityCounts } from './severity-counts.tsx';

/** One function with how many findings it has. */
export function FunctionRow({ summary, onOpen }: { summary: FunctionSummary; onOpen: () => void }) {
  const { function: fn, severities, time, advisories, rematched } = summary;
  return (
    <li className="relative grid gap-x-4 gap-y-1.5 border-t border-line px-4 py-3 first:border-t-0 hover:bg-raised lg:grid-cols-[minmax(0,2fr)_minmax(0,2fr)_minmax(0,1.4fr)] lg:items-center">
      <RowButton onClick={onOpen}>
        <span className="block font-medium [overflow-wrap:anywhere]">{fn.name}</span>
        <span className="text-xs text-muted">
          {fn.region}, {fn.account}
        </span>
      </RowButton>
      <SeverityCounts counts={severities} />
      <span className="text-[13px] text-muted">
        scanned <TimeText value={time} as="ago" />
        {advisories && (
          <span className="block text-xs">
            advisories of {advisories.slice(0, 10)}
            {rematched && ', matched again here'}
          </span>
        )}
      </span>
    </li>
  );
}
