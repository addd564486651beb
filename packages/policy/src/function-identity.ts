import { z } from 'zod';

/** One deployed function. Only ASCII letters, digits and a few marks, so that an identity is safe in paths, lines and headers. */
export const FunctionIdentity = z
  .strictObject({
    cloud: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be a lower-case word of at most 32 characters, such as aws')
      .describe('The cloud that the function runs in, such as aws.'),
    account: z
      .string()
      .regex(
        /^[A-Za-z0-9._:-]{1,128}$/,
        'must be 1 to 128 letters, digits, dots, colons, dashes or underscores',
      )
      .describe('The account, subscription or project that owns the function.'),
    region: z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, dashes or underscores')
      .describe('The region or label of the place where the function runs, such as eu-west-1.'),
    name: z
      .string()
      .regex(/^[A-Za-z0-9._:/$@-]{1,140}$/, 'must be 1 to 140 letters, digits or any of . _ : / $ @ -')
      .describe('The name of the function.'),
    runtime: z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, dashes or underscores')
      .describe("The runtime by Lambda's identifier, such as nodejs20.x or provided.al2023."),
    arch: z.enum(['x86_64', 'arm64']).describe('The processor architecture.'),
  })
  .describe('Identity of one deployed function.');
export type FunctionIdentity = z.infer<typeof FunctionIdentity>;
