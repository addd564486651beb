import type { ModelSummary } from '../../api/models.ts';
import { Badge } from '../../ui/badge.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { isoTime } from './iso-time.ts';
import { STATES } from './model-words.ts';
import { ProgressBar } from './progress-bar.tsx';

/** One function in the list of models. */
export function ModelRow({ model, onOpen }: { model: ModelSummary; onOpen: () => void }) {
  const { function: fn, state, entries, invocations, instances, last } = model;
  const { label, tone, what } = STATES[state];
  return (
    <li className="relative grid grid-cols-2 items-center gap-x-4 gap-y-2 border-t border-line px-4 py-3 first:border-t-0 hover:bg-raised lg:grid-cols-[minmax(0,2fr)_7rem_minmax(10rem,1fr)_minmax(0,1.4fr)]">
      <button
        type="button"
        onClick={onOpen}
        className="text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
      >
        <span className="block font-medium [overflow-wrap:anywhere]">{fn.name}</span>
        <span className="text-xs text-muted">
          {fn.region}, {fn.account}
        </span>
      </button>
      <span title={what} className="flex">
        <Badge tone={tone}>{label}</Badge>
      </span>
      <ProgressBar model={model} />
      <span className="text-[13px] text-muted lg:col-start-4">
        {entries} things used in {invocations} invocations of {instances}{' '}
        {instances === 1 ? 'instance' : 'instances'}
        {last !== null && (
          <>
            , <TimeText value={isoTime(last)} as="ago" />
          </>
        )}
      </span>
    </li>
  );
}
