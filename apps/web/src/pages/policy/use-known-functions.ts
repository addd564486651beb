import type { FunctionIdentity } from '@ringfence/policy/schema';
import { useQuery } from '@tanstack/react-query';
import { defendersQuery } from '../../api/defenders.ts';
import { sessionQuery } from '../../api/session.ts';

/** The functions that the Console knows; none for viewers, who may not see them. */
export function useKnownFunctions(): FunctionIdentity[] {
  const { data: session } = useQuery(sessionQuery);
  const { data } = useQuery({
    ...defendersQuery,
    enabled: session?.role === 'admin',
    refetchInterval: false,
  });
  return data?.items.map((defender) => defender.function) ?? [];
}
