import type { StoredFinding } from '../../api/findings.ts';
import { Notice } from '../../ui/notice.tsx';

/** Why a finding does not count, or no longer does. */
export function SuppressionNotice({ stored: { suppression, state } }: { stored: StoredFinding }) {
  if (!suppression) return null;
  const { reason, by, expires } = suppression;
  const until = expires ? ` until ${expires}` : '';
  const expired = expires !== null && expires < new Date().toISOString().slice(0, 10);
  return (
    <Notice tone={state === 'suppressed' ? 'info' : 'warn'}>
      {expired ? 'Was suppressed' : 'Suppressed'} by {by ?? 'the ignore file of the scan'}
      {until}: {reason}
    </Notice>
  );
}
