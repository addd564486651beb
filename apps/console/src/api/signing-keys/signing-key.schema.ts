import { z } from '@hono/zod-openapi';

export const signingKeySchema = z
  .object({
    id: z.string().openapi({ description: 'The start of the SHA-256 of the public key, hex.' }),
    publicKey: z.string().openapi({ description: '65 bytes, uncompressed P-256 point, base64url.' }),
    createdAt: z.iso.datetime(),
    current: z.boolean(),
  })
  .openapi('SigningKey');
