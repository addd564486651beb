import { checkPolicy, formatPath } from '@ringfence/policy/schema';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { Draft } from './use-draft.ts';

/** What is not saved yet, with the ways to save or discard it; after saving, what happens next. */
export function SaveBar({ draft, newer }: { draft: Draft; newer: number | undefined }) {
  const { changes } = draft;
  if (changes.length === 0)
    return (
      <div className="mt-4" aria-live="polite">
        {draft.savedRevision !== undefined && draft.savedRevision === draft.base.revision && (
          <Notice tone="good">
            Saved as revision {draft.savedRevision}. Defenders fetch it within{' '}
            {draft.draft.settings.policyRefreshSeconds} seconds and apply it to their next invocation.
          </Notice>
        )}
      </div>
    );
  const check = checkPolicy(draft.draft);
  const shown = changes.slice(0, 3).join(', ');
  return (
    <section
      aria-label="Unsaved changes"
      className="sticky bottom-16 z-10 mt-4 flex flex-col gap-2 rounded-lg border border-line-strong bg-surface p-3 shadow-xl animate-[pop-in_120ms_ease-out] md:bottom-4"
    >
      {draft.problem && <ProblemNotice error={draft.problem} />}
      {!check.ok && (
        <Notice tone="warn">
          {check.problems.slice(0, 3).map(({ path, message }) => (
            <p key={formatPath(path)}>
              <code className="font-mono text-[12.5px]">{formatPath(path)}</code> {message}
            </p>
          ))}
        </Notice>
      )}
      {newer !== undefined && (
        <p className="text-[13px] text-warn">Somebody else saved revision {newer} while you were editing.</p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <p className="mr-auto min-w-0 basis-64" title={changes.join('\n')} aria-live="polite">
          <strong className="font-semibold">
            {changes.length} unsaved {changes.length === 1 ? 'change' : 'changes'}
          </strong>
          <span className="block text-[13px] text-muted">
            {shown}
            {changes.length > 3 && ` and ${changes.length - 3} more`}
          </span>
        </p>
        <span className="flex flex-1 justify-end gap-2 *:flex-1 sm:flex-none">
          <Button onClick={draft.discard} disabled={draft.saving}>
            Discard
          </Button>
          <Button look="primary" busy={draft.saving} disabled={!check.ok} onClick={draft.save}>
            {draft.saving ? 'Saving…' : 'Save policy'}
          </Button>
        </span>
      </div>
    </section>
  );
}
