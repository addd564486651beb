// `npx tsx packages/waas/bench/judge-strings.ts [--show misses|alarms] [--class sqli] [--tier plain] [--count 50] [--seed 1]`
// Judges the development strings, and prints recall and false positives; `--show` lists some of what was judged wrong.
import { parseArgs } from 'node:util';
import { type Engine, loadEngine, type Verdict } from '../src/index.ts';
import { type DevelopmentString, developmentStrings } from './development-strings.ts';

interface Judged extends DevelopmentString {
  verdicts: Verdict[];
}

const five = ['sqli', 'xss', 'cmdi', 'code', 'lfi'];
const percent = (part: number, whole: number) =>
  whole === 0 ? '     -' : ((100 * part) / whole).toFixed(2).padStart(6);

/** Judges all strings. */
export function judgeStrings(engine: Engine, strings: DevelopmentString[], classes = five): Judged[] {
  return strings.map((string) => ({
    ...string,
    verdicts: engine.inspectText(string.text).filter((verdict) => classes.includes(verdict.class)),
  }));
}

function groupBy(judged: Judged[], keyOf: (string: Judged) => string): Map<string, Judged[]> {
  const groups = new Map<string, Judged[]>();
  for (const string of judged) {
    const group = groups.get(keyOf(string));
    if (group === undefined) groups.set(keyOf(string), [string]);
    else group.push(string);
  }
  return groups;
}

function tally(judged: Judged[], keyOf: (string: Judged) => string): void {
  const groups = groupBy(judged, keyOf);
  for (const [key, group] of [...groups].sort(([a], [b]) => a.localeCompare(b))) {
    const found = group.filter((string) => string.verdicts.length > 0).length;
    const named = group.filter((string) =>
      string.verdicts.some((verdict) => verdict.class === string.label),
    ).length;
    process.stdout.write(
      `${key.padEnd(54)} ${String(group.length).padStart(6)}  found ${percent(found, group.length)} %  named ${percent(named, group.length)} %\n`,
    );
  }
}

const { values } = parseArgs({
  options: {
    show: { type: 'string' },
    class: { type: 'string' },
    tier: { type: 'string' },
    count: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
  },
});
const strings = developmentStrings();
if (strings === undefined) throw new Error('../shared/waas is not there');
const engine = await loadEngine();
const before = performance.now();
const judged = judgeStrings(engine, strings, values.class === undefined ? five : [values.class]);
const seconds = (performance.now() - before) / 1000;
if (values.show === undefined) {
  tally(judged, (string) => `${string.label} ${string.tier}`);
  process.stdout.write('\n');
  tally(judged, (string) => `${string.label} ${string.source.split(':')[0]}`);
  process.stdout.write(`\n${Math.round(strings.length / seconds)} strings/s\n`);
} else {
  const wrong = judged.filter((string) => {
    if (values.tier !== undefined && string.tier !== values.tier) return false;
    if (values.show === 'alarms') {
      const verdicts = string.verdicts.filter(
        (verdict) => values.class === undefined || verdict.class === values.class,
      );
      return string.label === 'benign' && verdicts.length > 0;
    }
    return (
      string.label === (values.class ?? string.label) &&
      string.label !== 'benign' &&
      !string.verdicts.some((verdict) => verdict.class === string.label)
    );
  });
  process.stdout.write(`${wrong.length} in all\n`);
  let state = Number(values.seed);
  const random = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  for (let left = Number(values.count); left > 0 && wrong.length > 0; left--) {
    const [string] = wrong.splice(Math.floor(random() * wrong.length), 1);
    if (string === undefined) break;
    const said = string.verdicts.map(
      (verdict) => `${verdict.class} ${verdict.confidence} ${verdict.reason} [${verdict.evidence.text}]`,
    );
    process.stdout.write(
      `${string.tier} ${JSON.stringify(string.text.slice(0, 300))}${said.length > 0 ? `\n      ${said.join('; ')}` : ''}\n`,
    );
  }
}
