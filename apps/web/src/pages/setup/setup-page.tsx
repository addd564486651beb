import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { setUp } from '../../api/session.ts';
import { AccountForm } from '../../ui/account-form.tsx';
import { Notice } from '../../ui/notice.tsx';
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
  const submit = (account: { email: string; password: string }) => {
    const isLong = account.password.length >= minimumLength;
    setTooShort(!isLong);
    if (isLong) mutation.mutate(account);
  };
  return (
    <SignInFrame title="Set up this Console" lead="Make the first administrator. The link works once.">
      {token ? (
        <AccountForm
          action="Make administrator"
          busyAction="Setting up…"
          password={{
            autoComplete: 'new-password',
            hint: `At least ${minimumLength} characters; a few words are fine.`,
            error: tooShort ? `Use at least ${minimumLength} characters.` : undefined,
          }}
          state={mutation}
          onSubmit={submit}
        />
      ) : (
        <Notice tone="warn">
          This address lacks its token. Open the whole link that the Console printed when it first started; it
          looks like <code className="font-mono">/setup#…</code>
        </Notice>
      )}
    </SignInFrame>
  );
}
