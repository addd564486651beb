import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** The address that the connection comes from. Headers that claim another are not believed. */
export const findClientAddress = (context: Context): string =>
  getConnInfo(context).remote.address ?? 'unknown';
