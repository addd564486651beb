import { compareItems, type MavenList, readItem, trimList } from './maven-items.ts';

const isDigitCode = (code: number) => code >= 48 && code <= 57;

/** Reads a version as Maven's `ComparableVersion` (3.9) does. */
function parse(text: string): MavenList {
  const version = text.toLowerCase();
  const root: MavenList = { kind: 'list', items: [] };
  const lists = [root];
  let list = root;
  const nest = () => {
    const nested: MavenList = { kind: 'list', items: [] };
    list.items.push(nested);
    lists.push(nested);
    list = nested;
  };
  let start = 0;
  let inDigits = false;
  const add = (end: number) => {
    // .rc is read as -rc.
    if (!inDigits && end > start && list.items.length > 0) nest();
    list.items.push(readItem(version.slice(start, end).replaceAll('-', '') || '0'));
  };
  for (let index = 0; index < version.length; index++) {
    const code = version.charCodeAt(index);
    if (code === 46) {
      add(index);
      start = index + 1;
    } else if (code === 45) {
      // rc-1 is read as rc1.
      if (index > start && !inDigits && isDigitCode(version.charCodeAt(index + 1))) continue;
      add(index);
      start = index + 1;
      nest();
    } else if (isDigitCode(code)) {
      if (!inDigits && index > start && list.items.length > 0) nest();
      inDigits = true;
    } else {
      if (inDigits && index > start) {
        add(index);
        start = index;
        nest();
      }
      inDigits = false;
    }
  }
  if (version.length > start) add(version.length);
  for (const each of lists.toReversed()) trimList(each);
  return root;
}

/** Compares as Maven does (maven.apache.org/pom.html, Version Order Specification). Never throws: every text is a version. */
export function compareMaven(one: string, other: string): number {
  return compareItems(parse(one), parse(other));
}
