import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { setUp } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SignInFrame } from '../../ui/sign-in-frame.tsx';

const minimumLength = 12;

export function SetupPage() {
  const router = useRouter();
  const cache = useQueryClient();
  const [token] = useState(() => location.hash.slice(1));
  const [tooShort, setTooShort] = useState(false);
  useEffect(() => {
    document.title = 'Set up · Ringfence';
  }, []);
  const mutation = useMutation({
    mutationFn: (account: { email: string; password: string }) => setUp({ token, ...account }),
    onSuccess: async () => {
      cache.clear();
      await router.navigate({ to: '/audits', replace: true });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const password = String(data.get('password'));
    setTooShort(password.length < minimumLength);
    if (password.length >= minimumLength) mutation.mutate({ email: String(data.get('email')), password });
  };
  return (
    <SignInFrame title="Set up this Console" lead="Make the first administrator. The link works once.">
      {token ? (
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
          <Field
            label="Password"
            hint={`At least ${minimumLength} characters; a few words are fine.`}
            error={tooShort ? `Use at least ${minimumLength} characters.` : undefined}
          >
            {(control) => (
              <input
                {...control}
                name="password"
                type="password"
                required
                autoComplete="new-password"
                className="control"
              />
            )}
          </Field>
          {mutation.error && <ProblemNotice error={mutation.error} />}
          <Button type="submit" look="primary" busy={mutation.isPending} className="mt-1">
            {mutation.isPending ? 'Setting up…' : 'Make administrator'}
          </Button>
        </form>
      ) : (
        <Notice tone="warn">
          This address lacks its token. Open the whole link that the Console printed when it first started; it
          looks like <code className="font-mono">/setup#…</code>
        </Notice>
      )}
    </SignInFrame>
  );
}
