import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/api-problem.ts';

/** The cache of what the Console said. Only an unreachable or busy Console is asked again by itself. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      retry: (count, error) =>
        count < 2 && error instanceof ApiProblem && (error.status === 0 || error.status >= 500),
    },
  },
});
