import { useQuery } from '@tanstack/react-query';
import { policyQuery } from '../../api/policy.ts';
import { sessionQuery } from '../../api/session.ts';
import { Loading } from '../../ui/loading.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { PolicyEditor } from './policy-editor.tsx';

export function PolicyPage() {
  const policy = useQuery(policyQuery);
  const { data: session } = useQuery(sessionQuery);
  if (policy.data) return <PolicyEditor stored={policy.data} editable={session?.role === 'admin'} />;
  return (
    <>
      <PageHeader title="Policy" />
      {policy.error ? <ProblemNotice error={policy.error} onRetry={() => policy.refetch()} /> : <Loading />}
    </>
  );
}
