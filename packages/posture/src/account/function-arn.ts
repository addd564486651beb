import type { AccountReader } from './account-reader.ts';

/** The ARN of a function that is called as Lambda's API takes it: by its name, with its account, with a version. What is none stays. */
export function functionArn(name: string, { settings: { region }, account }: AccountReader): string {
  const [, own] = /^(?:\d{12}:function:)?([\w-]+(?::[\w$-]+)?)$/.exec(name) ?? [];
  return own === undefined ? name : `arn:aws:lambda:${region}:${account}:function:${own}`;
}
