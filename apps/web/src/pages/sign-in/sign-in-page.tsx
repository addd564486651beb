import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, useEffect } from 'react';
import { healthQuery } from '../../api/health.ts';
import { signIn } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SignInFrame } from '../../ui/sign-in-frame.tsx';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const router = useRouter();
  const cache = useQueryClient();
  const { to } = route.useSearch();
  const { data: health } = useQuery(healthQuery);
  useEffect(() => {
    document.title = 'Sign in · Ringfence';
  }, []);
  const mutation = useMutation({
    mutationFn: signIn,
    onSuccess: async () => {
      cache.clear();
      await router.navigate({ href: to ?? '/audits', replace: true });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    mutation.mutate({ email: String(data.get('email')), password: String(data.get('password')) });
  };
  return (
    <SignInFrame title="Sign in" lead="to the Console of your organisation">
      {health?.setup && (
        <div className="mb-4">
          <Notice tone="info">
            This Console is not set up yet. Open the link that it printed when it first started.
          </Notice>
        </div>
      )}
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
        <Field label="Password">
          {(control) => (
            <input
              {...control}
              name="password"
              type="password"
              required
              autoComplete="current-password"
              className="control"
            />
          )}
        </Field>
        {mutation.error && <ProblemNotice error={mutation.error} />}
        <Button type="submit" look="primary" busy={mutation.isPending} className="mt-1">
          {mutation.isPending ? 'Signing in…' : 'Sign in'}
        </Button>
      </form>
    </SignInFrame>
  );
}
