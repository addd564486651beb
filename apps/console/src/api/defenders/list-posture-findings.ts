import { findingsAbout } from '../../findings/deployed-functions.ts';
import { ApiError } from '../common/api-error.ts';
import { defineOperation } from '../common/operation.ts';
import { listPostureFindingsRoute } from './list-posture-findings.schema.ts';

export const listPostureFindingsOperation = defineOperation(
  listPostureFindingsRoute,
  ({ database }) =>
    async (context) => {
      const { functionId } = context.req.valid('param');
      const deployed = await database
        .selectFrom('functions')
        .select(['cloud', 'account', 'region', 'name'])
        .where('id', '=', functionId)
        .executeTakeFirst();
      if (!deployed) throw new ApiError(404, `There is no function ${functionId}.`);
      return context.json(await findingsAbout(database, deployed), 200);
    },
);
