import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { callApi } from './call-api.ts';

const settings = z.object({ retentionDays: z.number() });
export type ConsoleSettings = z.infer<typeof settings>;

/** The settings of the Console (administrators only). */
export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => callApi('/api/settings', settings, { signal }),
});

/** Replaces the settings of the Console. */
export const saveSettings = (body: ConsoleSettings) =>
  callApi('/api/settings', settings, { method: 'PUT', body });
