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

/** Tells, when it ends, the peak of its memory in KB and the time of processors in microseconds. */
const meter =
  'data:text/javascript,process.on("exit",()=>{const u=process.resourceUsage();console.error("used",u.maxRSS,u.userCPUTime+u.systemCPUTime)})';

function scanOnce(path: string): { seconds: number; cpuSeconds: number; megabytes: number } {
  const command = join(root, 'apps/cli/bin/ringfence.js');
  const start = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', meter, command, 'scan', path, '--db', database, '--json'],
    { encoding: 'utf8', cwd: folder, maxBuffer: 1e9 },
  );
  const seconds = (performance.now() - start) / 1000;
  const used = /^used (\d+) (\d+)$/m.exec(stderr);
  // The database has advisories about its packages, so that the scan that worked ends with 1.
  if (status !== 1 || !used) throw new Error(`The scan ended with ${status}: ${stderr}`);
  return { seconds, cpuSeconds: Number(used[2]) / 1e6, megabytes: (Number(used[1]) * 1024) / 1e6 };
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
    'of processors': median(samples.map((sample) => sample.cpuSeconds)).toFixed(2),
    'peak MB': megabytes.toFixed(0),
    'must be below': must.megabytes,
  };
  if (seconds > must.seconds || megabytes > must.megabytes) process.exitCode = 1;
}
console.table(rows);
