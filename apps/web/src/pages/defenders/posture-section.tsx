import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { findingKey, postureQuery } from '../../api/findings.ts';
import { Badge } from '../../ui/badge.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SEVERITY_TONES } from '../findings/finding-words.ts';

const link = 'text-accent underline underline-offset-2 [overflow-wrap:anywhere]';

/** What posture finds wrong with a function, by the templates and accounts that it has looked at. */
export function PostureSection({ functionId }: { functionId: string }) {
  const { data, error, refetch } = useQuery(postureQuery(functionId));
  const more = data ? data.total - data.items.length : 0;
  return (
    <section aria-label="Posture">
      <h3 className="mb-2 text-xs font-semibold uppercase tracking-wide text-muted">Posture</h3>
      {error && <ProblemNotice error={error} onRetry={() => refetch()} />}
      {!data && !error && <Loading label="Loading findings of posture" />}
      {data?.total === 0 && (
        <p className="text-muted">Nothing is known to be wrong with its settings, permissions and routes.</p>
      )}
      {data && data.total > 0 && (
        <ul className="flex flex-col gap-1.5">
          {data.items.map((stored) => (
            <li key={findingKey(stored)} className="flex items-baseline gap-2">
              <Badge tone={SEVERITY_TONES[stored.finding.severity]}>{stored.finding.severity}</Badge>
              <Link to="/findings" search={{ finding: findingKey(stored) }} className={link}>
                {stored.finding.title}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <p className="mt-1 text-muted">and {more} more</p>}
    </section>
  );
}
