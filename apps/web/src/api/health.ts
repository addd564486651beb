import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { callApi } from './call-api.ts';

/** Whether the first administrator is still to be made. */
export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => callApi('/api/health', z.object({ setup: z.boolean() }), { signal }),
});
