// `npx tsx packages/waas/bench/judge-benign.ts folder… [--extensions md,txt] [--unit line|paragraph|file] [--class sqli] [--count 40]`
// Judges the texts that files hold (documentation, programs, changelogs: what people paste into fields) and lists alarms by
// class. Not all of them are false: some files show attacks. Each text is judged once, however many files have it.
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadEngine, type Verdict } from '../src/index.ts';

interface Alarm {
  text: string;
  file: string;
  verdict: Verdict;
}

const MOST_BYTES = 1_000_000;

const { values, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    extensions: { type: 'string', default: 'md,markdown,txt,rst,ts,html' },
    unit: { type: 'string', default: 'line' },
    class: { type: 'string' },
    count: { type: 'string', default: '40' },
    confidence: { type: 'string', default: '50' },
  },
});
const extensions = new Set(values.extensions.split(',').map((name) => (name === '' ? '' : `.${name}`)));

function* filesIn(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else if (entry.isFile() && extensions.has(extname(entry.name))) yield path;
  }
}

function textsOf(content: string): string[] {
  if (values.unit === 'file') return [content];
  return content.split(values.unit === 'line' ? '\n' : /\n\s*\n/).map((text) => text.trim());
}

const engine = await loadEngine();
const seen = new Set<string>();
const alarms: Alarm[] = [];
for (const folder of folders)
  for (const file of filesIn(folder)) {
    const content = readFileSync(file, 'utf8');
    if (content.length > MOST_BYTES) continue;
    for (const text of textsOf(content)) {
      if (text.length < 3 || seen.has(text)) continue;
      seen.add(text);
      for (const verdict of engine.inspectText(text))
        if (verdict.confidence >= Number(values.confidence)) alarms.push({ text, file, verdict });
    }
  }

process.stdout.write(`${seen.size} texts\n`);
for (const name of new Set(alarms.map((alarm) => alarm.verdict.class))) {
  const found = alarms.filter((alarm) => alarm.verdict.class === name).length;
  process.stdout.write(
    `${name.padEnd(10)} ${String(found).padStart(6)} alarms, ${((100 * found) / seen.size).toFixed(3)} %\n`,
  );
}
const shown = alarms.filter((alarm) => values.class === undefined || alarm.verdict.class === values.class);
const step = Math.max(1, shown.length / Number(values.count));
for (let at = 0; at < shown.length; at += step) {
  const { text, file, verdict } = shown[Math.floor(at)] as Alarm;
  process.stdout.write(
    `${verdict.class} ${verdict.confidence} ${verdict.reason} [${verdict.evidence.text.slice(0, 80)}] ${verdict.decoding.join(',')}\n    ${JSON.stringify(text.slice(0, 240))}  ${file.slice(-60)}\n`,
  );
}
