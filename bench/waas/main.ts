// `npm run bench:waas [-- --json]`: what the WAAS engine finds in the development strings, and what judging costs: natively, as the
// init has it, and in Node, with Datadog's engine beside it. Nothing else should run meanwhile.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { developmentStrings } from '../../packages/waas/bench/development-strings.ts';
import { describeMachine } from '../src/describe-machine.ts';
import { datadog, installDatadog } from '../src/waas/install-datadog.ts';
import type { Judged, TextVerdict } from '../src/waas/judged.ts';
import { makeEvent } from '../src/waas/make-event.ts';
import { measureInNode } from '../src/waas/measure-in-node.ts';
import { buildNative } from '../src/waas/measure-native.ts';
import { type Cost, renderCosts } from '../src/waas/render-costs.ts';
import { renderStrings, renderSummary } from '../src/waas/render-strings.ts';
import { keepSure } from '../src/waas/tally-strings.ts';

/** The confidence from which a rule prevents, by the policy's default. */
const SURE = 60;

const folder = mkdtempSync(join(tmpdir(), 'ringfence-bench-waas-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

function tryToInstallDatadog(): string | undefined {
  try {
    return installDatadog();
  } catch (error) {
    process.stderr.write(`Without Datadog's engine, which npm could not install: ${error}\n`);
    return undefined;
  }
}

const peer = tryToInstallDatadog();
const measureNative = buildNative(folder);
const strings = developmentStrings() ?? [];
const judges = new Map<string, Judged[]>();
const costs: Cost[] = [];

function addVerdicts(judge: string, verdicts: TextVerdict[][]): Judged[] {
  const judged = strings.map(({ label, source, tier }, at) => {
    const [repository = ''] = source.split(':');
    return { label, source: repository, tier, verdicts: verdicts[at] ?? [] };
  });
  judges.set(judge, judged);
  return judged;
}

function measure(what: string, items: string[], kind: 'texts' | 'events'): void {
  process.stderr.write(`measuring ${what} …\n`);
  const input = kind === 'texts' ? { texts: items } : { events: items };
  costs.push({ what, judge: 'native', ...measureNative(items) });
  const { verdicts, ...own } = measureInNode('ringfence', input);
  costs.push({ what, judge: 'Node', ...own });
  if (verdicts?.length === strings.length) {
    const judged = addVerdicts('Ringfence', verdicts);
    judges.set(`Ringfence, from ${SURE}`, keepSure(judged, SURE));
  }
  if (peer === undefined) return;
  const { verdicts: peers, ...other } = measureInNode('datadog', input, peer);
  costs.push({ what, judge: 'Datadog', ...other });
  if (peers?.length === strings.length) addVerdicts('Datadog', peers);
}

if (strings.length === 0) process.stderr.write('Without ../shared/waas: no strings.\n');
else {
  const texts = strings.map(({ text }) => text);
  measure('strings, benign and attacks', texts, 'texts');
  measure(
    'strings, benign',
    texts.filter((_, at) => strings[at]?.label === 'benign'),
    'texts',
  );
}
measure('event of 1 KB', [makeEvent(1000)], 'events');
measure('event of 100 KB', [makeEvent(100_000)], 'events');
measure('event of 6 MB', [makeEvent(6_000_000)], 'events');

if (process.argv.includes('--json')) console.log(JSON.stringify({ costs, judges: [...judges] }));
else {
  const kilobytes = (size: number) => `${(size / 1024).toFixed(1)} KB`;
  const wasm = readFileSync(new URL('../../packages/waas/build/waas.wasm', import.meta.url));
  const parts = [
    describeMachine(),
    `waas.wasm: ${kilobytes(wasm.length)}, gzipped ${kilobytes(gzipSync(wasm, { level: 9 }).length)}`,
    `Datadog: ${peer ? datadog : 'not installed'}`,
  ];
  if (judges.size > 0) {
    parts.push(renderSummary(judges));
    parts.push(renderStrings(judges, ({ tier }) => tier));
    parts.push(renderStrings(judges, ({ source }) => source));
  }
  console.log([...parts, renderCosts(costs)].join('\n\n'));
}
