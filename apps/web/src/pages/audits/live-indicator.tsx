import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/icon.tsx';
import type { StreamState } from './follow-audits.ts';

type Props = { state: StreamState | 'fixed'; paused: boolean; onToggle: () => void };

const words = {
  live: 'Live',
  connecting: 'Connecting…',
  lost: 'Connection lost, trying again…',
  fixed: 'Fixed time range',
} as const;

/** Says whether new audits are coming, and pauses or resumes the list. */
export function LiveIndicator({ state, paused, onToggle }: Props) {
  const held = paused && state === 'live';
  return (
    <div className="flex items-center gap-2">
      <span role="status" className="flex items-center gap-2 text-[13px] text-muted">
        <span
          aria-hidden="true"
          className={classNames(
            'size-2 rounded-full',
            held
              ? 'bg-warn'
              : state === 'live'
                ? 'animate-[beat_2s_infinite] bg-good'
                : state === 'lost'
                  ? 'bg-danger'
                  : 'bg-line-strong',
          )}
        />
        {held ? 'Paused' : words[state]}
      </span>
      {state !== 'fixed' && (
        <button
          type="button"
          aria-pressed={paused}
          title="Shortcut: l"
          onClick={onToggle}
          className="flex h-8 items-center gap-1.5 rounded-md border border-line-strong bg-surface px-2.5 text-[13px] font-medium hover:bg-raised"
        >
          <Icon name={paused ? 'play' : 'pause'} size={14} />
          {paused ? 'Resume' : 'Pause'}
        </button>
      )}
    </div>
  );
}
