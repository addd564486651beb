import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { type StoredFinding, suppressFinding } from '../../api/findings.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Modal } from '../../ui/modal.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

type Props = { id: string; stored: StoredFinding; onDone: () => unknown; onClose: () => void };

/** Asks why a finding does not count, and until when. */
export function SuppressDialog({ id, stored, onDone, onClose }: Props) {
  const mutation = useMutation({
    mutationFn: async (form: FormData) => {
      const expires = String(form.get('expires')) || null;
      await suppressFinding(id, { reason: String(form.get('reason')), expires });
      await onDone();
      onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    mutation.mutate(new FormData(event.currentTarget));
  };
  return (
    <Modal title={`Suppress ${stored.finding.rule} in ${stored.function.name}`} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Field label="Reason" hint="Why it does not count here; kept in the history.">
          {(control) => (
            <input
              {...control}
              name="reason"
              required
              maxLength={1000}
              defaultValue={stored.suppression?.reason}
              autoFocus
              autoComplete="off"
              className="control"
            />
          )}
        </Field>
        <Field label="Until" hint="The last day on which it holds, by UTC; empty for ever.">
          {(control) => (
            <input
              {...control}
              name="expires"
              type="date"
              min={new Date().toISOString().slice(0, 10)}
              defaultValue={stored.suppression?.expires ?? ''}
              className="control max-w-48"
            />
          )}
        </Field>
        {mutation.error && <ProblemNotice error={mutation.error} />}
        <div className="mt-2 flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={mutation.isPending}>
            Suppress
          </Button>
        </div>
      </form>
    </Modal>
  );
}
