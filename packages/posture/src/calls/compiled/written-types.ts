import type { Typed } from './frame.ts';
import { innerNames } from './program.ts';

/** What is waited for. */
export const unwrapped = (result: string): string => {
  const [, inner] =
    /^(?:System\.Threading\.Tasks\.)?(?:Task|ValueTask|CompletableFuture)<(.+)>$/s.exec(result) ?? [];
  return inner ?? result;
};

/** The types of what is in a list. */
export const itemTypes = ({ written, path }: Typed): Typed[] => {
  const [, item] = /^(?:\[\]|map\[\w+\])(.+)$/.exec(written) ?? /^(.+)\[\]$/.exec(written) ?? [];
  const inner = item === undefined ? innerNames(written).slice(-1) : [item];
  return inner.map((each) => ({ written: each, path }));
};

/** Each type once. */
export const unique = (types: readonly Typed[]): Typed[] => [
  ...new Map(types.map((each) => [`${each.written} ${each.path}`, each])).values(),
];
