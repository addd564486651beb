import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '../../api/session.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { AccountPanel } from './account-panel.tsx';
import { RetentionPanel } from './retention-panel.tsx';
import { SigningKeysPanel } from './signing-keys-panel.tsx';
import { TokensPanel } from './tokens-panel.tsx';

export function SettingsPage() {
  const { data: session } = useQuery(sessionQuery);
  const admin = session?.role === 'admin';
  return (
    <>
      <PageHeader title="Settings" />
      <div className="flex max-w-4xl flex-col gap-4">
        {session && <AccountPanel session={session} />}
        {admin && <TokensPanel />}
        <SigningKeysPanel editable={admin} />
        {admin && <RetentionPanel />}
      </div>
    </>
  );
}
