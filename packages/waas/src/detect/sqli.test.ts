import { expect, test } from 'vitest';
import { loadEngine } from '../node.ts';

const engine = await loadEngine();
const confidence = (text: string) =>
  engine.inspectText(text).find((verdict) => verdict.class === 'sqli')?.confidence ?? 0;

test.each([
  ['a number, then a condition', '7 or 1=1'],
  ['a name, then a condition', 'blue or 3>2'],
  ['no value before the condition', ' AND 5=5'],
  ['out of single quotes and into them again', "blue' or 'a'='a"],
  ['out of double quotes and into them again', 'blue" or "a"="a'],
  ['out of quotes and parentheses', "blue')) or (('a'='a"],
  ['out of LIKE', "blue%' and 1=2 and '%'='"],
  ['the rest hidden', "root'-- "],
  ['the rest hidden, MySQL', "root'#"],
  ['rows added', "x' union all select null, version(), null-- "],
  ['rows added, written without spaces', '1/**/union/*a*/select/**/1,2,3'],
  ['rows added, behind a number in exponent form', '1e0union select 1,2'],
  ['rows added in a comment that MySQL runs', '1 /*!50000union*/ /*!select*/ 1,2'],
  ['a statement added', '1; drop table orders'],
  ['a statement added without ;', "x' exec master..xp_cmdshell 'dir'--"],
  ['SQL Server waits', "1';waitfor delay '0:0:9'--"],
  ['PostgreSQL waits', '1 || pg_sleep(9)'],
  ['MySQL waits', '0 and sleep(9)'],
  ['a subselect', '1 and (select count(*) from users) > 0'],
  ['counts columns', '1 order by 12-- '],
  ['writes a file', "1 into outfile '/tmp/x'"],
  ['typographic quotes, which some databases make plain', '\u2019 or 1=1 --'],
  ['quoted twice', "x'' or ''a''=''a"],
  ['no-break spaces', '1\u00a0or\u00a01=1'],
])('%s: %s', (_why, text) => {
  expect(confidence(text)).toBeGreaterThanOrEqual(50);
});

test.each([
  ['a choice', '1 or 2'],
  ['a name with an apostrophe', "O'Reilly and sons' or so"],
  ['prose with words of SQL', 'select one of the union members or drop by'],
  ['dashes in prose', "it's -- well -- fine"],
  ['a quotation of a keyword', 'Add the "create index" query'],
  ['a commit subject', 'Update index and drop table of contents (#123)'],
  ['code that splits at an operator', "text.split('-').join('+')"],
  ['a condition in code', "if (kind === 'a' || kind === 'b') return 1;"],
  ['a search', '"rose gold" necklace 14'],
  ['a size in feet', "6' x 4' rug"],
  ['a Markdown heading', '## Order by'],
  ['a form', 'id=5&name=union'],
])('%s: %s', (_why, text) => {
  expect(confidence(text)).toBe(0);
});
