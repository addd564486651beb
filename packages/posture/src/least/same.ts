/** Whether both hold the same texts, in whatever order. */
export const same = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((each) => other.includes(each));
