import type { FindingWithHistory } from '../../api/findings.ts';
import { TimeText } from '../../ui/time-text.tsx';
import { EVENTS } from './finding-words.ts';

/** Who did what to a finding, the newest first. */
export function FindingHistory({ history }: { history: FindingWithHistory['history'] }) {
  return (
    <ol className="flex flex-col gap-1">
      {history.map(({ time, by, what, note }) => (
        <li key={`${time} ${what}`} className="flex flex-wrap gap-x-2">
          <span className="text-muted">
            <TimeText value={time} />
          </span>
          <span className="[overflow-wrap:anywhere]">
            {EVENTS[what]} by {by}
            {note && <span className="text-muted"> ({note})</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
