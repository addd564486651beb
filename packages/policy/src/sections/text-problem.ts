import { z } from 'zod';

/** Texts of a policy may be this many bytes long. */
export const TEXT_BYTES = 512;

/** Is this a literal, or does it hold wildcards? */
export const isGlob = (pattern: string) => /[*?]/.test(pattern);

/** Says in words what is wrong with any text of a policy, or undefined. */
export function findTextProblem(text: string): string | undefined {
  if (/[\p{Cc}\p{Cs}]/u.test(text)) return 'must not contain NUL or other control characters';
  if (new TextEncoder().encode(text).length > TEXT_BYTES) return `must be at most ${TEXT_BYTES} bytes long`;
  return undefined;
}

/** A text that is right when `findProblem` finds nothing. */
export const checkedText = (findProblem: (text: string) => string | undefined) =>
  z
    .string()
    .max(TEXT_BYTES, `must be at most ${TEXT_BYTES} bytes long`)
    .superRefine((text, context) => {
      const problem = text.length > TEXT_BYTES ? undefined : findProblem(text);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
    });
