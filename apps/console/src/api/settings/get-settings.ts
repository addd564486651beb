import { readRetentionDays } from '../../settings/retention.ts';
import { defineOperation } from '../common/operation.ts';
import { getSettingsRoute } from './get-settings.schema.ts';

export const getSettingsOperation = defineOperation(
  getSettingsRoute,
  ({ database }) =>
    async (context) =>
      context.json({ retentionDays: await readRetentionDays(database) }, 200),
);
