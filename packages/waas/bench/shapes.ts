// `npx tsx packages/waas/bench/shapes.ts`: judges texts that repeat one hostile shape, short ones and four times as long, and prints how
// time grows. About 4 is linear; a shape near 16 is one that an attacker can stop a function with.
import { loadEngine } from '../src/index.ts';

const shapes = [
  ...[
    ';(',
    ';)',
    '{{',
    '{%',
    '${',
    '#{',
    '<%',
    '[[',
    '[#',
    '@{[',
    '{{}',
    '{}',
    '{{ {',
    '<% <',
    '"{{',
    '${${',
    'lower:${',
  ],
  ...[
    'a/*;',
    'alert/*',
    'exec/*(;',
    'alert/*(',
    'exec(',
    ';exec(',
    'a;b(',
    'window[',
    'alert(',
    'process[',
    'java.lang.',
  ],
  ...[
    '<',
    '</',
    '<a ',
    '<a b="',
    "<a b='<",
    '<a style=x',
    '<a href=&',
    '<a/',
    '<a x={',
    '<b onx',
    '<style>',
    '<!--',
    '<?',
  ],
  ...[
    '<!entity ',
    '<!doctype ',
    '<![CDATA[',
    '" onload',
    'on=',
    "'",
    '"',
    '`',
    "';",
    '$(',
    '`a',
    '(',
    ')',
    ')(',
    '[',
    '{',
  ],
  ...[
    '\\',
    '%25',
    '&#x',
    '&',
    '+A',
    '=',
    'a=',
    'a=b&',
    '../',
    '0x2f',
    'é',
    '\u0000',
    '@',
    '!!',
    'http:',
    'O:1:"',
    'a;O:',
  ],
  ...[
    'union ',
    'select ',
    "' or ",
    '/*',
    '--',
    '#',
    '//',
    '||',
    '; ',
    '\n',
    '\r\n',
    '\r\na',
    '$ne',
    '{$ne:',
    '*)(',
    'ancestor::',
  ],
  ...['{"a":"', '["', '{"a":[', 'eyJ.', '--a\r\ncontent-', 'name="', 'a.b.', '$_get', 'a ', '* ', "x'"],
];
const RUNS = 5;
const SHORT = 8_000;

const engine = await loadEngine();

function fastest(text: string): number {
  const times = Array.from({ length: RUNS }, () => {
    const before = performance.now();
    engine.inspectText(text);
    return performance.now() - before;
  });
  return Math.min(...times);
}

const rows = shapes.map((shape) => {
  const [short, long] = [SHORT, 4 * SHORT].map((size) =>
    fastest(shape.repeat(Math.ceil(size / shape.length))),
  );
  return { shape, short: short ?? 0, long: long ?? 0 };
});
for (const { shape, short, long } of rows.sort((a, b) => b.long / b.short - a.long / a.short))
  process.stdout.write(
    `${JSON.stringify(shape).padEnd(24)} ${short.toFixed(3).padStart(9)} ms ${long.toFixed(3).padStart(9)} ms  × ${(long / short).toFixed(1)}\n`,
  );
