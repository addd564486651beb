import { writeRetentionDays } from '../../settings/retention.ts';
import { defineOperation } from '../common/operation.ts';
import { putSettingsRoute } from './put-settings.schema.ts';

export const putSettingsOperation = defineOperation(putSettingsRoute, ({ database }) => async (context) => {
  const settings = context.req.valid('json');
  await writeRetentionDays(database, settings.retentionDays);
  return context.json(settings, 200);
});
