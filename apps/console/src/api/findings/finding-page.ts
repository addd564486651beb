import { z } from '@hono/zod-openapi';
import { jsonBody } from '../common/json-body.ts';
import { pageLimit } from '../common/page-limit.ts';
import { findingFilterSchema } from './finding-filter.schema.ts';

/** The query of a list of findings: the filters, and the page. */
export const findingPageQuery = findingFilterSchema.extend({
  offset: z
    .string()
    .regex(/^\d{1,7}$/, 'must be the "next" of the page before')
    .transform(Number)
    .default(0),
  limit: pageLimit(500, 100),
});

/** The answer of such a list, with `more` beside its items. */
export const findingPage = <Item extends z.ZodType, More extends z.ZodRawShape>(item: Item, more: More) =>
  jsonBody(
    z.object({
      items: z.array(item),
      next: z.int().nullable().openapi({ description: 'Goes into `offset`; null at the end.' }),
      ...more,
    }),
  );
