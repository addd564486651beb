import { z } from 'zod';

const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(; ?[\w.-]+=[\w.-]+)*$/;

export const WaasResponse = z
  .strictObject({
    status: z
      .int()
      .min(200, 'must be a status from 200 to 599')
      .max(599, 'must be a status from 200 to 599')
      .default(403)
      .describe('The status.'),
    type: z
      .string()
      .max(128, 'must be at most 128 characters long')
      .regex(MEDIA_TYPE, 'must be a content type such as application/json')
      .default('application/json')
      .describe('The content type of the body.'),
    body: z
      .string()
      .min(1, 'must not be empty')
      .max(4096, 'must be at most 4096 characters long')
      .refine((body) => !/\p{Cs}/u.test(body), 'must be text')
      .default('{"message":"Forbidden"}')
      .describe('The body.'),
  })
  .describe('What an HTTP client is answered whose event is refused, in the shape of its trigger.');
