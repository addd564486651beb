import { useBlocker } from '@tanstack/react-router';
import { Button } from '../../ui/button.tsx';
import { Modal } from '../../ui/modal.tsx';

/** Asks before a page with unsaved changes is left, also when the tab is closed. */
export function LeaveGuard({ active }: { active: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => active && current.pathname !== next.pathname,
    enableBeforeUnload: () => active,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <Modal
      title="Leave without saving?"
      onClose={blocker.reset}
      footer={
        <>
          <Button look="danger" onClick={blocker.proceed}>
            Discard changes
          </Button>
          <Button look="primary" onClick={blocker.reset}>
            Stay
          </Button>
        </>
      }
    >
      <p className="text-muted">Your changes to the policy are not saved and would be lost.</p>
    </Modal>
  );
}
