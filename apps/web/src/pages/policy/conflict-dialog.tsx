import { useQuery } from '@tanstack/react-query';
import { revisionsQuery } from '../../api/policy.ts';
import { Button } from '../../ui/button.tsx';
import { Modal } from '../../ui/modal.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import type { Draft } from './use-draft.ts';

/** Shown when somebody else saved the policy first: what they did, and whose version shall stay. */
export function ConflictDialog({ draft }: { draft: Draft }) {
  const history = useQuery({ ...revisionsQuery, staleTime: 0 });
  const theirs = history.data?.items.filter((item) => item.revision > draft.base.revision) ?? [];
  return (
    <Modal
      title="Somebody else changed the policy"
      onClose={draft.keepEditing}
      footer={
        <>
          <Button onClick={draft.keepEditing}>Keep editing</Button>
          <Button look="danger" busy={draft.saving} onClick={draft.overwrite}>
            Overwrite with mine
          </Button>
          <Button look="primary" onClick={draft.reload}>
            Reload theirs
          </Button>
        </>
      }
    >
      <p className="text-muted">
        Your changes are based on revision {draft.base.revision}, which is no longer the stored one. Nothing
        of yours is saved yet.
      </p>
      <ul className="flex flex-col gap-2">
        {theirs.map((item) => (
          <li key={item.revision} className="rounded-md border border-line p-2">
            <span className="text-[13px] text-muted">
              Revision {item.revision} by {item.changedBy}, <TimeText value={item.changedAt} as="ago" />
            </span>
            <p>{item.changes.join(', ') || 'changed'}</p>
          </li>
        ))}
      </ul>
      <p className="text-muted">Reloading discards: {draft.changes.join(', ')}.</p>
    </Modal>
  );
}
