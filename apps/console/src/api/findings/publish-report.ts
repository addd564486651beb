import { publishReport } from '../../findings/publish-report.ts';
import { ApiError } from '../common/api-error.ts';
import { defineOperation } from '../common/operation.ts';
import { publishReportRoute } from './publish-report.schema.ts';

export const publishReportOperation = defineOperation(
  publishReportRoute,
  ({ database, isNearlyFull }) =>
    async (context) => {
      if (isNearlyFull())
        throw new ApiError(429, 'The disk of the Console is nearly full: make room, and publish again.', {
          headers: { 'Retry-After': '30' },
        });
      const publication = context.req.valid('json');
      const published = await publishReport(database, publication, context.var.principal.name);
      if (published) return context.json(published, 200);
      throw new ApiError(
        409,
        `A newer report about ${publication.function.name} is stored. Scan again, and publish that.`,
      );
    },
);
