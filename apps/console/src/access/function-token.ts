import { createHmac, timingSafeEqual } from 'node:crypto';

const FORM = /^rf1\.([0-9a-f]{64})\.([A-Za-z0-9_-]{43})$/;

function signFunction(secret: Buffer, functionId: string, generation: number): Buffer {
  const generationBytes = Buffer.alloc(4);
  generationBytes.writeUInt32LE(generation);
  return createHmac('sha256', secret)
    .update('ringfence-function-token\0')
    .update(Buffer.from(functionId, 'hex'))
    .update(generationBytes)
    .digest();
}

/** The function's token (docs/architecture.md): nothing is stored for it, and the same function gets the same one. */
export const makeFunctionToken = (secret: Buffer, functionId: string, generation: number): string =>
  `rf1.${functionId}.${signFunction(secret, functionId, generation).toString('base64url')}`;

/** The id of the function that the token claims to be of; undefined when the text has another form. */
export const readFunctionToken = (token: string): string | undefined => FORM.exec(token)?.[1];

/** Was this token made with this secret for the generation? In constant time. */
export function verifyFunctionToken(secret: Buffer, token: string, generation: number): boolean {
  const [, functionId, signature] = FORM.exec(token) ?? [];
  if (functionId === undefined || signature === undefined) return false;
  return timingSafeEqual(Buffer.from(signature, 'base64url'), signFunction(secret, functionId, generation));
}
