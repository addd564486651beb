import type { ModelSummary } from '../../api/models.ts';
import { describeProgress } from './model-words.ts';

/** How far a function is with learning; nothing when there is no limit to reach. */
export function ProgressBar({ model }: { model: ModelSummary }) {
  const progress = describeProgress(model, Date.now());
  if (!progress) return null;
  const percent = Math.round(progress.part * 100);
  return (
    <div className="flex min-w-40 flex-col gap-1">
      <div
        role="progressbar"
        aria-label="Learning"
        aria-valuenow={percent}
        aria-valuetext={progress.words}
        className="h-1.5 overflow-hidden rounded-full bg-raised"
      >
        <div className="h-full rounded-full bg-accent" style={{ width: `${percent}%` }} />
      </div>
      <span className="text-xs text-muted">{progress.words}</span>
    </div>
  );
}
