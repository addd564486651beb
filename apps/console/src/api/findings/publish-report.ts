import { publishReport } from '../../findings/publish-report.ts';
import { ApiError } from '../common/api-error.ts';
import { defineOperation } from '../common/operation.ts';
import { publishReportRoute } from './publish-report.schema.ts';

export const publishReportOperation = defineOperation(
  publishReportRoute,
  ({ database }) =>
    async (context) => {
      const publication = context.req.valid('json');
      const published = await publishReport(database, publication, context.var.principal.name);
      if (published) return context.json(published, 200);
      throw new ApiError(
        409,
        `A newer report about ${publication.function.name} is stored. Scan again, and publish that.`,
      );
    },
);
