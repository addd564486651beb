import { PostureGraph } from '@ringfence/findings';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { callApi } from './call-api.ts';

const radar = z.object({
  projects: z.array(
    z.object({
      functionId: z.string(),
      project: z.object({ cloud: z.string(), account: z.string(), region: z.string(), name: z.string() }),
      tool: z.string(),
      time: z.string(),
    }),
  ),
  left: z.number(),
  graph: PostureGraph,
});
export type Radar = z.infer<typeof radar>;

/** What may reach what: in all projects, or in the one of that id. */
export const radarQuery = (project: string | undefined) =>
  queryOptions({
    queryKey: ['radar', project],
    refetchInterval: 30_000,
    queryFn: ({ signal }) =>
      callApi(`/api/radar${project === undefined ? '' : `?functionId=${project}`}`, radar, { signal }),
  });
