// `npm run bench:posture`: time and memory of `ringfence posture` with an account of 2,000 functions and 500 roles, as its services tell it and as a
// state of Terraform, and with a project of 30 functions and their code. Each run is a process of its own, as people and builds have it; the first ones warm the files.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { makeAccount } from './make-account.ts';
import { makeProject } from './make-project.ts';

const runs = 5;
const command = fileURLToPath(new URL('../../../apps/cli/bin/ringfence.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ringfence-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const [account, project] = [join(folder, 'account.json'), join(folder, 'project')];
writeFileSync(account, JSON.stringify(makeAccount()));
mkdirSync(project);
makeProject(project);

/** Tells, when it ends, the peak of its memory in KB and the time of processors in microseconds. */
const meter =
  'data:text/javascript,process.on("exit",()=>{const u=process.resourceUsage();console.error("used",u.maxRSS,u.userCPUTime+u.systemCPUTime)})';

const services = fork(fileURLToPath(new URL('serve-account.ts', import.meta.url)));
const [address] = await once(services, 'message');
process.on('exit', () => services.kill());

const signedIn = {
  ...process.env,
  AWS_ENDPOINT_URL: String(address),
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
  AWS_REGION: 'eu-west-1',
};

async function lookOnce(path: string) {
  const start = performance.now();
  const child = spawn(process.execPath, ['--import', meter, command, 'posture', path, '--json'], {
    cwd: folder,
    env: signedIn,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  const seconds = (performance.now() - start) / 1000;
  const used = /^used (\d+) (\d+)$/m.exec(stderr);
  if ((status !== 0 && status !== 1) || !used) throw new Error(`It ended with ${status}: ${stderr}`);
  const { findings } = JSON.parse(stdout) as { findings: unknown[] };
  return { seconds, cpuSeconds: Number(used[2]) / 1e6, megabytes: (Number(used[1]) * 1024) / 1e6, findings };
}

const median = (values: number[]) =>
  values.toSorted((one, other) => one - other)[values.length >> 1] as number;

const rows: Record<string, object> = {};
for (const [name, path, must] of [
  ['account of 2,000 functions, 500 roles', '--account', { seconds: 30, megabytes: 1_000 }],
  ['the same as a state of Terraform', account, { seconds: 30, megabytes: 1_000 }],
  ['30 functions with their code', project, { seconds: 3, megabytes: 1_000 }],
] as const) {
  await lookOnce(path);
  const samples: Awaited<ReturnType<typeof lookOnce>>[] = [];
  for (let run = 0; run < runs; run++) samples.push(await lookOnce(path));
  const seconds = median(samples.map((sample) => sample.seconds));
  const megabytes = Math.max(...samples.map((sample) => sample.megabytes));
  rows[name] = {
    seconds: seconds.toFixed(2),
    'must be': `<= ${must.seconds}`,
    'of processors': median(samples.map((sample) => sample.cpuSeconds)).toFixed(2),
    'peak MB': megabytes.toFixed(0),
    'must be below': must.megabytes,
    findings: samples[0]?.findings.length,
  };
  if (seconds > must.seconds || megabytes > must.megabytes) process.exitCode = 1;
}
console.table(rows);
