import fc from 'fast-check';
import { expect, test } from 'vitest';
import { finds, testCases, testHostileTexts } from './judge-cases.ts';

testCases('sqli', {
  attacks: [
    // Where the value can stand.
    ['bare, as a number', '7 or 1=1'],
    ['bare, as a name', 'blue or 3>2'],
    ['bare, behind the value that the query has', ' AND 5=5'],
    ['bare, as a column to sort by', 'name, (select 1 from users)'],
    ['bare, in parentheses', '7) or 1=1 -- '],
    ['in single quotes', "blue' or 'a'='a"],
    ['in double quotes', 'blue" or "a"="a'],
    ['in back quotes', 'name` where 1=1 union select 1-- '],
    ['in quotes and parentheses', "blue')) or (('a'='a"],
    ['in LIKE', "blue%' and 1=2 and '%'='"],
    ['in single quotes, where a backslash escapes', "\\' or 1=1 -- "],
    ['behind an escaped quote', "it\\'s blue' or 1=1 -- "],
    ['in a string within a string', "x'' or ''a''=''a"],
    ['in typographic quotes, which some databases make plain', '\u2019 or 1=1 --'],
    ['in a list of values', "x', 2, 3) -- "],
    ['in an assignment', "x', role='admin"],
    ['of a context that is not known', 'id:7 union select 1,2,3'],
    // What it adds.
    ['the end of the query', "root'-- "],
    ['the end of the query, MySQL', "root'#"],
    ['the end of the query, a comment', "root'/*"],
    ['a condition on a constant', "blue' or true-- "],
    ['a condition on a name', "blue' or name like 'a%"],
    ['a condition on a list', "blue' or 'a' in ('a', 'b')-- "],
    ['a condition between', "blue' or 2 between 1 and 3-- "],
    ['a condition on a call', '7 and substring(version(),1,1)=5'],
    ['a condition on a subselect', '7 and (select count(*) from users) > 0'],
    ['a condition in the value', '(7=7)*3'],
    ['rows', "x' union all select null, version(), null-- "],
    ['rows in parentheses', '7 union(select(1),(2))'],
    ['rows of another table', '7 union select name, password from users'],
    ['an order that counts columns', '7 order by 12-- '],
    ['a group', "x' group by 1 having 1=1-- "],
    ['a limit that fails and tells', '7 limit 1 procedure analyse(extractvalue(1,concat(0x7e,version())),1)'],
    ['a file', "7 into outfile '/tmp/x'"],
    ['a file that is read', '7 and load_file(0x2f6574632f706173737764) is not null'],
    ['a choice', '(select case when (1=1) then 1 else 1/0 end)'],
    ['a string that is joined', "x'||(select 1)||'"],
    ['a number that is joined', '7-(select 0)'],
    ['a variable of the database', '7 and @@version=1'],
    // Statements.
    ['a table is dropped', '7; drop table orders'],
    ['rows are changed', "x'; update users set admin=1-- "],
    ['a program is run', "x' exec master..xp_cmdshell 'dir'--"],
    ['a program is run, by a variable', "x';declare @q varchar(99);set @q='dir';exec(@q)--"],
    ['a program is run, PostgreSQL', "x';copy (select '') to program 'id'--"],
    ['a block', '7;begin dbms_lock.sleep(9); end;--'],
    ['a function is made', "7;create or replace function f() returns int as 'x' language c"],
    // Waiting.
    ['SQL Server', "7';waitfor delay '0:0:9'--"],
    ['PostgreSQL', '7 || pg_sleep(9)'],
    ['MySQL', '0 and sleep(9)'],
    ['MySQL, by work', "x' and benchmark(9000000,md5(1))#"],
    ['SQLite, by work', '7 and 1=randomblob(1000000000)'],
    ['Oracle', "x'||dbms_pipe.receive_message('a',9)||'"],
    ['in each place at once', 'sleep(9)/*\' or sleep(9) or \'" or sleep(9) or "*/'],
    // How it is written.
    ['without spaces', '1/**/union/*a*/select/**/1,2,3'],
    ['with no-break spaces', '1\u00a0or\u00a01=1'],
    ['on lines with comments', '1 # a\nor # b\n1=1'],
    ['behind a number in exponent form', '1e0union select 1,2'],
    ['in a comment that MySQL runs', '1 /*!50000union*/ /*!select*/ 1,2'],
    ['in mixed case', '1 uNiOn SeLeCt 1,2'],
    ['with hexadecimal strings', "x' and 0x61=0x61-- "],
    ['with a string of PostgreSQL', '1 or $a$x$a$=$a$x$a$'],
    ['with a string of Oracle', "1 or q'[a]'=q'[a]'"],
    ['with strings of SQL Server', "1 or n'a'=n'a'"],
    ['with names in brackets', "x' union select [name] from [users]-- "],
    ['as ODBC writes functions', '7 and {fn version()}=1'],
    ['percent-encoded', 'x%27%20or%201%3D1--%20'],
    ['percent-encoded twice', 'x%2527%2520or%25201%253D1--%2520'],
  ],
  harmless: [
    // Prose.
    ['a choice', '1 or 2'],
    ['a choice of more', '8 or 9 items, or none'],
    ['an apostrophe', "O'Reilly and sons' or so"],
    ['a plural in the genitive', "is this your parents' or yours?"],
    ['words of SQL', 'select one of the union members or drop by'],
    ['words of SQL in capitals', 'DO OR NOT DO, THERE IS NO LIKE'],
    ['a statement in prose', 'Update users and drop the table of contents; set it, then call me'],
    ['dashes', "it's -- well -- fine"],
    ['an order', 'by order of the management'],
    ['a workers’ union', "the workers' union select a committee"],
    ['a quoted keyword', 'Add the "create index" query'],
    ['quoted operators', "press '=' or '+' twice"],
    ['quoted options', 'run it with "--fixed-list-mode", please'],
    ['a commit subject', 'Update index and drop table of contents (#123)'],
    ['a name and a number of it', "boss' #1"],
    ['sizes in feet', "6' x 4' or 8' x 10'"],
    ['a decade', "the '80s and '90s"],
    ['a search', '"rose gold" AND necklace OR "white gold" 14'],
    ['a telephone number', '+1 (555) 010-9999'],
    ['an arithmetic example', '2+3*4 = 14'],
    ['an identifier with dashes', '1611-IioXXIG1ti8rspL2vbXFy--'],
    // What programs send.
    ['a form', 'id=5&name=union&select=1'],
    ['a filter', "status = 'open' and age > 5 order by created"],
    ['a cookie', 'theme=dark; show=1; set=2'],
    ['a browser', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)'],
    ['media types', 'text/html;q=0.9, */*;q=0.8'],
    ['a colour', "'#C17E70'"],
    ['a selector', 'ul > li:not(.x)::before'],
    ['a geometry', 'POLYGON((30 10, 40 40, 20 40, 30 10))'],
    ['JSON', '{"query":{"like":"x","or":[1,2]}}'],
    // Code and documents.
    ['code that splits', "text.split('-').join('+')"],
    ['code that compares', "if (kind === 'a' || kind === 'b') return 1;"],
    ['Python that compares', 'return self.x == other.x and self.y == other.y'],
    ['Python that goes on', 'and self.lifespan > -1'],
    ['a docstring', '"""\n  if value is None or len(value) < 3:\n    return False\n"""'],
    ['a list of operators', "'||', '|', '>=', '>', '==', '!',"],
    ['a type', "'asc' | 'desc' | undefined"],
    ['a placeholder', "field = '<tag>'"],
    ['a query builder', "db.selectFrom('person').where('id', '=', 5).orderBy('name', 'desc')"],
    ['a template with a query', 'sql`select * from person where id = $' + '{id}`'],
    ['a query in a string', 'const rows = db.all("select id, name from person where age > 5");'],
    ['a heading', '## Order by'],
    ['an underlined heading', 'Select and insert\n-----------------'],
    ['a list in Markdown', '* `where` and `having` take `=`, `<` or `>`'],
    ['a declaration', 'declare const cluster: Cluster;\ndeclare const role: Role;'],
  ],
});

const blank = fc.constantFrom(' ', '  ', '\t', '\n', '\u00a0', '/**/', '/* x */', ' /*a*/ ');
const anyCase = (text: string) =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((upper) => [...text].map((c, i) => (upper[i] ? c.toUpperCase() : c)).join(''));
const additions = [
  'or 1=1',
  'and sleep(5)',
  'union select 1,2',
  'or exists(select 1 from users)',
  'order by 9',
];
const addition = fc
  .constantFrom(...additions)
  .chain(anyCase)
  .chain((text) => fc.array(blank, { minLength: 9, maxLength: 9 }).map((blanks) => spaced(text, blanks)));

/** The text with a blank of the list for each of its spaces. */
function spaced(text: string, blanks: string[]): string {
  let next = 0;
  return text.replaceAll(' ', () => blanks[next++ % blanks.length] ?? ' ');
}

test('neither case, nor spaces, nor comments hide an attack behind a number', () => {
  fc.assert(
    fc.property(fc.integer(), blank, addition, (number, between, added) => {
      expect(finds('sqli', `${number}${between}${added}`)).toBe(true);
    }),
  );
});

test('no value before the quote hides an attack behind it', () => {
  const value = fc.stringMatching(/^[\w ,.:@%()=<>+*/-]{0,40}\w$/);
  const closing = fc.constantFrom("'", "')", "'))");
  fc.assert(
    fc.property(value, closing, blank, addition, (before, close, between, added) => {
      expect(finds('sqli', `${before}${close}${between}${added} -- `)).toBe(true);
    }),
  );
});

test('nothing behind a UNION SELECT hides it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (after) => {
      expect(finds('sqli', `7 union select null,null,version() ${after}`)).toBe(true);
    }),
  );
});

test('what nests or repeats without end is read to its end', () => {
  for (const part of ['begin ', '; drop ', '(', '((1', 'select ', '(select ', 'union(', "'", '/*!', 'not ']) {
    expect(finds('sqli', `${part.repeat(100_000)}`), part).toBeTypeOf('boolean');
  }
});

testHostileTexts('sqli', [
  ...[
    "'",
    '"',
    '`',
    '\\',
    '(',
    ')',
    ',',
    ';',
    '@',
    '@@',
    '--',
    '#',
    '/*',
    '*/',
    '/*!',
    '=',
    '<',
    '>',
    '|',
    '&',
    '-',
    '+',
    '*',
  ],
  ...[
    '$a$',
    "q'[",
    "n'",
    '{fn ',
    '}',
    '[',
    ']',
    '.',
    '0x',
    '1e',
    ' ',
    '\n',
    '1',
    'a',
    'or ',
    'and ',
    'not ',
    'is ',
    'like ',
  ],
  ...[
    'union ',
    'select ',
    'from ',
    'case ',
    'when ',
    'end ',
    'order ',
    'by ',
    'into ',
    'exec ',
    'declare ',
    'begin ',
    'if ',
    'sleep(',
  ],
  ...['\u2019', '\u2013', '\u00a0', '\u3000', '\u{1f600}'],
]);
