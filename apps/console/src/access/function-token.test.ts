import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeFunctionToken, readFunctionToken, verifyFunctionToken } from './function-token.ts';

const secret = Buffer.alloc(32, 7);
const id = 'ab'.repeat(32);

test('the token is what docs/architecture.md says', () => {
  const message = Buffer.concat([
    Buffer.from('ringfence-function-token\0'),
    Buffer.from(id, 'hex'),
    Buffer.from([3, 0, 0, 0]),
  ]);
  const signature = createHmac('sha256', secret).update(message).digest('base64url');
  expect(makeFunctionToken(secret, id, 3)).toBe(`rf1.${id}.${signature}`);
});

test('it holds for its function, its generation and its secret only', () => {
  const token = makeFunctionToken(secret, id, 3);
  expect(readFunctionToken(token)).toBe(id);
  expect(verifyFunctionToken(secret, token, 3)).toBe(true);
  expect(verifyFunctionToken(secret, token, 4)).toBe(false);
  expect(verifyFunctionToken(Buffer.alloc(32, 8), token, 3)).toBe(false);
  expect(verifyFunctionToken(secret, token.replace('abab', 'cdcd'), 3)).toBe(false);
});

test.each(['', 'rf1.', `rf1.${id}`, `rf2.${id}.${'A'.repeat(43)}`, `rf1.${id}.${'A'.repeat(44)}`])(
  '%j has another form',
  (token) => {
    expect(readFunctionToken(token)).toBeUndefined();
    expect(verifyFunctionToken(secret, token, 0)).toBe(false);
  },
);
