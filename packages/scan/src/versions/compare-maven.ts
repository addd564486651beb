import { compareItems, isRelease, type MavenList, readItem, trimList } from './maven-items.ts';

const isDigitCode = (code: number) => code >= 48 && code <= 57;

/** Reads a version as Maven's `ComparableVersion` (3.9) does, and by the specification where the two differ: in `1-ga-1` and empty tokens. */
function parse(text: string): MavenList {
  // Empty tokens are zeros.
  const version = text.toLowerCase().replace(/(?<=^|[.-])(?=[.-])/g, '0');
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
    list.items.push(readItem(version.slice(start, end).replaceAll('-', '')));
  };
  for (let index = 0; index < version.length; index++) {
    const code = version.charCodeAt(index);
    if (code === 46) {
      add(index);
      start = index + 1;
    } else if (code === 45) {
      const isBeforeNumber = !inDigits && isDigitCode(version.charCodeAt(index + 1));
      const isDropped = isBeforeNumber && isRelease(version.slice(start, index));
      // rc-1 is read as rc1, but ga-1 as 1.
      if (isBeforeNumber && !isDropped) continue;
      if (!isDropped) add(index);
      start = index + 1;
      if (list.items.length > 0) nest();
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
