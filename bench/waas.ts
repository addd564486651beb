// `npm run bench:waas [-- --json]`: what judging events costs natively, with the engine as the init has it. Prints one
// table. Nothing else should run meanwhile.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { arch, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeSettings } from '@ringfence/policy/waas-section';
import { engineObject, headerFlags, sourceOf } from '../defender/init/sources.mjs';
import { frameEvents } from '../defender/init/test/frame-events.ts';
import { developmentStrings } from '../packages/waas/bench/development-strings.ts';
import { preventingSettings } from '../packages/waas/src/test-settings.ts';

/** What `waas-host --bench` prints: microseconds, and kilobytes added to the process. */
interface Measured {
  events: number;
  bytes: number;
  perSecond: number;
  megabytesPerSecond: number;
  p50: number;
  p99: number;
  cold: number;
  kilobytesStarted: number;
  kilobytesUsed: number;
  kilobytesKept: number;
}

const folder = mkdtempSync(join(tmpdir(), 'ringfence-bench-waas-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const host = join(folder, 'waas-host');
const section = join(folder, 'section');
execFileSync('gcc', [
  ...['-std=c11', '-D_GNU_SOURCE', '-O2', ...headerFlags],
  fileURLToPath(new URL('../defender/init/test/waas-host.c', import.meta.url)),
  ...[sourceOf('engine'), engineObject(arch() === 'arm64' ? 'arm64' : 'x86_64'), '-o', host],
]);
writeFileSync(section, encodeSettings(preventingSettings()));

function measure(events: Buffer[]): Measured {
  return JSON.parse(
    execFileSync(host, [section, '--bench'], { input: frameEvents(events), encoding: 'utf8' }),
  );
}

const words =
  'The quick brown fox jumps over the lazy dog; 42 of 100, at 7:30 (or later) - see https://example.com/a?b=c. ';

/** An order as a shop gets it through API Gateway, of about so many bytes: many short fields. */
function makeEvent(bytes: number): Buffer {
  const item = (i: number) => ({
    id: i,
    name: `Item ${i}`,
    note: words.slice(i % 60),
    price: i * 1.25,
    tags: ['a', 'b c'],
  });
  const items = Array.from({ length: Math.max(1, Math.floor((bytes - 500) / 190)) }, (_, i) => item(i));
  const headers = {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'curl/8.5.0',
    host: 'example.com',
  };
  const requestContext = { identity: { sourceIp: '192.0.2.1' } };
  return Buffer.from(
    JSON.stringify({
      httpMethod: 'POST',
      path: '/orders',
      headers,
      body: JSON.stringify({ items }),
      requestContext,
    }),
  );
}

const strings = developmentStrings();
const rows: [what: string, events: Buffer[]][] = [
  ...(strings
    ? ([
        ['strings, benign and attacks', strings.map(({ text }) => Buffer.from(text))],
        [
          'strings, benign',
          strings.filter(({ label }) => label === 'benign').map(({ text }) => Buffer.from(text)),
        ],
      ] as [string, Buffer[]][])
    : []),
  ['event of 1 KB', [makeEvent(1000)]],
  ['event of 100 KB', [makeEvent(100_000)]],
  ['event of 6 MB', [makeEvent(6_000_000)]],
];
const measured = rows.map(([what, events]) => ({ what, ...measure(events) }));

if (process.argv.includes('--json')) {
  console.log(JSON.stringify(measured, null, 2));
} else {
  if (!strings) console.log('Without ../shared/waas: no strings.');
  console.table(
    Object.fromEntries(
      measured.map((row) => [
        row.what,
        {
          'per second': row.perSecond,
          'MB/s': row.megabytesPerSecond,
          'p50 us': row.p50,
          'p99 us': row.p99,
          'cold us': row.cold,
          'KB when started': row.kilobytesStarted,
          'KB at work': row.kilobytesUsed,
          'KB kept': row.kilobytesKept,
        },
      ]),
    ),
  );
}
