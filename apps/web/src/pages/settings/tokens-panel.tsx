import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ApiToken, deleteToken, tokensQuery } from '../../api/tokens.ts';
import { roleNames } from '../../app/role-names.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { NewTokenDialog } from './new-token-dialog.tsx';

/** The API tokens: list, make, revoke. */
export function TokensPanel() {
  const cache = useQueryClient();
  const tokens = useQuery(tokensQuery);
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiToken>();
  const reload = () => cache.invalidateQueries({ queryKey: tokensQuery.queryKey });
  return (
    <Panel
      flush
      title="API tokens"
      lead="For machines: the ringfence command, pipelines, scripts."
      action={
        <Button small icon="plus" onClick={() => setCreating(true)}>
          New token
        </Button>
      }
    >
      {tokens.error && (
        <div className="p-4">
          <ProblemNotice error={tokens.error} onRetry={() => tokens.refetch()} />
        </div>
      )}
      {tokens.isPending && <Loading />}
      {tokens.data?.items.length === 0 && (
        <p className="p-4 text-muted">
          No tokens yet. Make one, and give it to the command as{' '}
          <code className="font-mono">RINGFENCE_TOKEN</code>.
        </p>
      )}
      <ul aria-label="API tokens" className="divide-y divide-line">
        {tokens.data?.items.map((token) => (
          <li key={token.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
            <span className="min-w-0 flex-1 basis-48">
              <span className="font-medium">{token.name}</span>{' '}
              <Badge tone={token.role === 'admin' ? 'info' : 'neutral'}>{roleNames[token.role]}</Badge>
              <span className="block text-[13px] text-muted">
                made <TimeText value={token.createdAt} as="ago" /> by {token.createdBy}
              </span>
            </span>
            <span className="text-[13px] text-muted">
              {token.lastUsedAt ? (
                <>
                  used <TimeText value={token.lastUsedAt} as="ago" />
                </>
              ) : (
                'never used'
              )}
              <span className="block">
                {token.expiresAt ? (
                  <>
                    ends <TimeText value={token.expiresAt} as="ago" />
                  </>
                ) : (
                  'does not end'
                )}
              </span>
            </span>
            <Button
              small
              look="danger"
              onClick={() => setRevoking(token)}
              aria-label={`Revoke token ${token.name}`}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      {creating && <NewTokenDialog onCreated={reload} onClose={() => setCreating(false)} />}
      {revoking && (
        <Confirm
          title={`Revoke token “${revoking.name}”?`}
          action="Revoke token"
          onClose={() => setRevoking(undefined)}
          onConfirm={async () => {
            await deleteToken(revoking.id);
            await reload();
          }}
        >
          Whatever uses it is refused from then on. This cannot be taken back.
        </Confirm>
      )}
    </Panel>
  );
}
