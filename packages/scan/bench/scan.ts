// `npm run bench:scan`: time and memory of `ringfence scan` with a package of 250 MB and 1,500 npm packages, as a zip and as a folder, and a database
// of 250,000 advisories. Each run is a process of its own, as people and builds have it; the first ones warm the files.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeAdvisories, makeNames } from './make-advisories.ts';
import { makePackage } from './make-package.ts';

const runs = 5;
const must = { seconds: 3, megabytes: 400 };
const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ringfence-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const [packageFolder, zip, database] = ['fn', 'fn.zip', 'advisories.db'].map((name) =>
  join(folder, name),
) as [string, string, string];

const made = makePackage(join(root, 'node_modules'), packageFolder, 1500, 250e6);
execFileSync('zip', ['-qr', zip, '.'], { cwd: packageFolder });
await makeAdvisories(database, 250_000, [...makeNames(30_000), ...made.names]);
console.log(
  `${made.names.length} packages of ${made.files} files, ${(made.size / 1e6).toFixed(0)} MB unpacked.`,
);

/** Tells the peak of its memory when it ends, in KB. */
const meter =
  'data:text/javascript,process.on("exit",()=>console.error("peak",process.resourceUsage().maxRSS))';

function scanOnce(path: string): { seconds: number; megabytes: number; findings: number } {
  const command = join(root, 'apps/cli/bin/ringfence.js');
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', meter, command, 'scan', path, '--db', database, '--json'],
    { encoding: 'utf8', cwd: folder, maxBuffer: 1e9 },
  );
  const seconds = (performance.now() - start) / 1000;
  const peak = /^peak (\d+)$/m.exec(stderr)?.[1];
  if (status !== 1 || !peak) throw new Error(`The scan ended with ${status}: ${stderr}`);
  return { seconds, megabytes: (Number(peak) * 1024) / 1e6, findings: JSON.parse(stdout).findings.length };
}

const median = (values: number[]) =>
  values.toSorted((one, other) => one - other)[values.length >> 1] as number;

const rows: Record<string, object> = {};
for (const [name, path] of [
  ['zip', zip],
  ['folder', packageFolder],
] as const) {
  scanOnce(path);
  const samples = Array.from({ length: runs }, () => scanOnce(path));
  const seconds = median(samples.map((sample) => sample.seconds));
  const megabytes = Math.max(...samples.map((sample) => sample.megabytes));
  rows[name] = {
    seconds: seconds.toFixed(2),
    'must be': `<= ${must.seconds}`,
    'peak MB': megabytes.toFixed(0),
    'must be below': must.megabytes,
    findings: samples[0]?.findings,
  };
  if (seconds > must.seconds || megabytes > must.megabytes) process.exitCode = 1;
}
console.table(rows);
