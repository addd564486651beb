import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { type ApiToken, createToken } from '../../api/tokens.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Field } from '../../ui/field.tsx';
import { Modal } from '../../ui/modal.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/** Makes an API token and shows it once. */
export function NewTokenDialog({ onCreated, onClose }: { onCreated: () => unknown; onClose: () => void }) {
  const mutation = useMutation({ mutationFn: createToken, onSuccess: onCreated });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const days = Number(data.get('days'));
    mutation.mutate({
      name: String(data.get('name')),
      role: data.get('role') as ApiToken['role'],
      ...(days > 0 && { expiresInDays: days }),
    });
  };
  if (mutation.data)
    return (
      <Modal
        title={`Token “${mutation.data.name}”`}
        onClose={onClose}
        footer={
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        }
      >
        <Notice tone="warn">Copy it now. It is shown only this once; the Console keeps just its hash.</Notice>
        <CodeBlock label="API token" text={mutation.data.token} />
      </Modal>
    );
  return (
    <Modal title="New API token" onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Field label="Name" hint="Where it is used, such as a pipeline.">
          {(control) => (
            <input
              {...control}
              name="name"
              required
              maxLength={100}
              autoFocus
              autoComplete="off"
              className="control"
            />
          )}
        </Field>
        <Field
          label="Role"
          hint="A viewer reads audits, findings and the policy. A build publishes reports and embeds functions, and reads nothing."
        >
          {(control) => (
            <select {...control} name="role" defaultValue="viewer" className="control">
              <option value="viewer">Viewer</option>
              <option value="build">Build</option>
              <option value="admin">Administrator</option>
            </select>
          )}
        </Field>
        <Field label="Ends after">
          {(control) => (
            <select {...control} name="days" defaultValue="90" className="control">
              <option value="7">7 days</option>
              <option value="30">30 days</option>
              <option value="90">90 days</option>
              <option value="365">A year</option>
              <option value="0">Never</option>
            </select>
          )}
        </Field>
        {mutation.error && <ProblemNotice error={mutation.error} />}
        <div className="mt-2 flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={mutation.isPending}>
            Make token
          </Button>
        </div>
      </form>
    </Modal>
  );
}
