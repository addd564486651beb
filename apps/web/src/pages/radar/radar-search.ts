import { z } from 'zod';

const word = z.string().optional().catch(undefined);

/** The page's address. */
export const radarSearch = z.object({
  view: z.enum(['map', 'list']).optional().catch(undefined),
  project: word,
  q: word,
  node: word,
});
export type RadarSearch = z.infer<typeof radarSearch>;
