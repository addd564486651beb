import { createTwoFilesPatch } from 'diff';

/** The change of a file as a unified diff that `git apply` takes. */
export const makePatch = (file: string, before: string, after: string): string =>
  createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after).replace(/^=+\n/, '');
