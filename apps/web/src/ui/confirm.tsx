import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { Modal } from './modal.tsx';
import { ProblemNotice } from './problem-notice.tsx';

type Props = {
  title: string;
  children: ReactNode;
  action: string;
  onConfirm: () => unknown;
  onClose: () => void;
};

/** Asks before something that cannot be taken back; stays open and shows the error when it fails. */
export function Confirm({ title, children, action, onConfirm, onClose }: Props) {
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    try {
      await onConfirm();
      onClose();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <Modal
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" busy={busy} onClick={confirm}>
            {action}
          </Button>
        </>
      }
    >
      <div className="text-muted">{children}</div>
      {error !== undefined && <ProblemNotice error={error} />}
    </Modal>
  );
}
