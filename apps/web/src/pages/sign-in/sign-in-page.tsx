import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { healthQuery } from '../../api/health.ts';
import { signIn } from '../../api/session.ts';
import { AccountForm } from '../../ui/account-form.tsx';
import { Notice } from '../../ui/notice.tsx';
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
  return (
    <SignInFrame title="Sign in" lead="to the Console of your organisation">
      {health?.setup && (
        <div className="mb-4">
          <Notice tone="info">
            This Console is not set up yet. Open the link that it printed when it first started.
          </Notice>
        </div>
      )}
      <AccountForm
        action="Sign in"
        busyAction="Signing in…"
        password={{ autoComplete: 'current-password' }}
        state={mutation}
        onSubmit={mutation.mutate}
      />
    </SignInFrame>
  );
}
