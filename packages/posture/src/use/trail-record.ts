import { z } from 'zod';

/** What is read of a record of CloudTrail. From "CloudTrail record contents" in its user guide. */
export const TrailRecord = z.object({
  eventTime: z.iso.datetime(),
  eventSource: z.string().max(256),
  eventName: z.string().max(256),
  userIdentity: z.object({ type: z.string(), arn: z.string().max(2048).optional() }),
  errorCode: z.string().nullish(),
  requestParameters: z.record(z.string(), z.unknown()).nullish(),
});
export type TrailRecord = z.infer<typeof TrailRecord>;

/** A file as a trail writes it, or as the event history is exported: `aws cloudtrail lookup-events`. */
export const TrailFile = z.union([
  z.object({ Records: z.array(z.unknown()) }),
  z.object({ Events: z.array(z.object({ CloudTrailEvent: z.string() })) }),
]);
