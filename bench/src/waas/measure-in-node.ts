import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TextVerdict } from './judged.ts';
import type { Measured } from './measured.ts';

const MOST_OUTPUT = 64 << 20;
const fileOf = (name: string) => fileURLToPath(new URL(`../../waas/${name}.mjs`, import.meta.url));

/** Judges in a process of Node's own. `judge`: a module in `bench/waas`; `folder`: where it is installed, unless the workspace has it. */
export function measureInNode(
  judge: 'ringfence' | 'datadog',
  input: { texts: string[] } | { events: string[] },
  folder?: string,
): Measured & { verdicts?: TextVerdict[][] } {
  const own = mkdtempSync(join(tmpdir(), 'ringfence-bench-'));
  try {
    const inputFile = join(own, 'input.json');
    writeFileSync(inputFile, JSON.stringify(input));
    const command = [fileOf('worker'), fileOf(judge), inputFile, ...(folder === undefined ? [] : [folder])];
    return JSON.parse(execFileSync('node', command, { encoding: 'utf8', maxBuffer: MOST_OUTPUT }));
  } finally {
    rmSync(own, { recursive: true });
  }
}
