import type { FormEvent } from 'react';
import { Button } from './button.tsx';
import { Field } from './field.tsx';
import { ProblemNotice } from './problem-notice.tsx';

type Account = { email: string; password: string };
type Props = {
  /** What the button says, and what it says meanwhile. */
  action: string;
  busyAction: string;
  password: { autoComplete: 'new-password' | 'current-password'; hint?: string; error?: string | undefined };
  /** How far the sending is. */
  state: { isPending: boolean; error: Error | null };
  onSubmit: (account: Account) => void;
};

/** Asks for e-mail and password. */
export function AccountForm({ action, busyAction, password, state, onSubmit }: Props) {
  const { autoComplete, ...about } = password;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    onSubmit({ email: String(data.get('email')), password: String(data.get('password')) });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Field label="E-mail">
        {(control) => (
          <input
            {...control}
            name="email"
            type="email"
            required
            autoComplete="username"
            autoFocus
            className="control"
          />
        )}
      </Field>
      <Field label="Password" {...about}>
        {(control) => (
          <input
            {...control}
            name="password"
            type="password"
            required
            autoComplete={autoComplete}
            className="control"
          />
        )}
      </Field>
      {state.error && <ProblemNotice error={state.error} />}
      <Button type="submit" look="primary" busy={state.isPending} className="mt-1">
        {state.isPending ? busyAction : action}
      </Button>
    </form>
  );
}
