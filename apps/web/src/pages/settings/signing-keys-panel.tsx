import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { rotateSigningKey, signingKeysQuery } from '../../api/signing-keys.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TimeText } from '../../ui/time-text.tsx';

/** The keys that sign policies, and their rotation. */
export function SigningKeysPanel({ editable }: { editable: boolean }) {
  const cache = useQueryClient();
  const keys = useQuery(signingKeysQuery);
  const [rotating, setRotating] = useState(false);
  return (
    <Panel
      flush
      title="Signing keys"
      lead="A Defender accepts only policies signed by the key that it was given, or by one that this key vouches for."
      action={
        editable && (
          <Button small icon="key" onClick={() => setRotating(true)}>
            Rotate
          </Button>
        )
      }
    >
      {keys.error && (
        <div className="p-4">
          <ProblemNotice error={keys.error} onRetry={() => keys.refetch()} />
        </div>
      )}
      {keys.isPending && <Loading />}
      <ul aria-label="Signing keys" className="divide-y divide-line">
        {keys.data?.items.toReversed().map((key) => (
          <li key={key.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
            <span className="min-w-0 flex-1 basis-48">
              <code className="font-mono text-[12.5px] [overflow-wrap:anywhere]">{key.id}</code>{' '}
              <Badge tone={key.current ? 'good' : 'neutral'}>{key.current ? 'Signs now' : 'Replaced'}</Badge>
              <span className="block text-[13px] text-muted">
                made <TimeText value={key.createdAt} as="ago" />
              </span>
            </span>
            <CopyButton text={key.publicKey} label="Copy public key" />
          </li>
        ))}
      </ul>
      {rotating && (
        <Confirm
          title="Rotate the signing key?"
          action="Rotate key"
          onClose={() => setRotating(false)}
          onConfirm={async () => {
            await rotateSigningKey();
            await cache.invalidateQueries({ queryKey: signingKeysQuery.queryKey });
          }}
        >
          <p>
            The Console makes a new key and signs all policies with it from now on. The present key signs a
            link to the new one, so functions that were embedded with an older key follow by themselves.
          </p>
          <p className="mt-2">
            Rotate regularly, or when somebody with access to the Console's data leaves. A key that was stolen
            can still make links: embed the functions again after that.
          </p>
        </Confirm>
      )}
    </Panel>
  );
}
