// `node worker.mjs JUDGE.mjs INPUT.json [FOLDER]`, a process of its own, so that its start and its memory are the judge's alone.
// The input: `{ texts }` or `{ events }`. Prints what judging them costs; of texts, the verdicts of each as well.
import { readFileSync } from 'node:fs';

const LEAST_MS = 2000;
const MOST_TIMES = 100_000;

/** Kilobytes of private memory. */
function ownMemory() {
  const sizes = readFileSync('/proc/self/smaps_rollup', 'utf8').matchAll(/^Private_\w+:\s+(\d+) kB/gm);
  return [...sizes].reduce((sum, [, size]) => sum + Number(size), 0);
}

const [, , judgeFile, inputFile, folder] = process.argv;
const { texts, events } = JSON.parse(readFileSync(inputFile, 'utf8'));
const before = ownMemory();
const start = performance.now();
const { load } = await import(judgeFile);
const judge = await load(folder);
const items = texts ?? events.map(judge.readEvent);
const judgeItem = texts ? judge.judgeText : judge.judgeEvent;
judgeItem(items[0]);
const cold = performance.now() - start;

const verdicts = texts?.map(judge.judgeText);
const times = [];
let done = 0;
const begin = performance.now();
for (let now = begin; now - begin < LEAST_MS || done < items.length; done++) {
  judgeItem(items[done % items.length]);
  const then = performance.now();
  times[done % MOST_TIMES] = then - now;
  now = then;
}
const seconds = (performance.now() - begin) / 1000;
times.sort((a, b) => a - b);
const bytes = (texts ?? events).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
process.stdout.write(
  JSON.stringify({
    perSecond: done / seconds,
    megabytesPerSecond: (bytes * done) / items.length / seconds / 1e6,
    p50: times[times.length >> 1] * 1000,
    p99: times[Math.floor(times.length * 0.99)] * 1000,
    cold: cold * 1000,
    kilobytes: ownMemory() - before,
    verdicts,
  }),
);
