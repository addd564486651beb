import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchPackages } from '../debian.mjs';
import { type Case, writeFileSystem } from './file-system.ts';

export type Outcome = { code: number; stdout: string; audits: Record<string, unknown>[] };

/** The kernel of a Debian package for arm64, fetched once. */
function kernelOf(name: string): string {
  const folder = fetchPackages(
    [name],
    'arm64',
    fileURLToPath(new URL(`../build/kernel/${name}`, import.meta.url)),
  );
  const image = readdirSync(join(folder, 'boot')).find((file) => file.startsWith('vmlinuz-'));
  if (!image) throw new Error(`the package ${name} holds no kernel`);
  return join(folder, 'boot', image);
}

function pack(root: string): Buffer {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const options = ['--create', '--quiet', '--format=newc', '--owner=0:0'];
  return execFileSync('cpio', options, { cwd: root, input: names.join('\n'), maxBuffer: 1 << 28 });
}

/** What the machine wrote to its serial line until it switched itself off. */
function boot(kernel: string, archive: string): string {
  const machine = ['-M', 'virt', '-cpu', 'max,pauth-impdef=on', '-m', '1024', '-smp', '2', '-nic', 'none'];
  const append = 'console=ttyAMA0 quiet loglevel=1 panic=-1';
  return execFileSync(
    'qemu-system-aarch64',
    [...machine, ...['-nographic', '-no-reboot', '-kernel', kernel, '-initrd', archive, '-append', append]],
    { encoding: 'utf8', timeout: 280_000, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 },
  ).replaceAll('\r', '');
}

function readOutcome(text: string, code: string): Outcome {
  const audits = text.match(/\{"ringfence":1,.*\n/g) ?? [];
  return {
    code: Number(code),
    stdout: text.replace(/\{"ringfence":1,.*\n/g, ''),
    audits: audits.map((line) => JSON.parse(line)),
  };
}

/** Boots the kernel of a Debian package, runs the cases there one after the other, and returns what came of each by its name. */
export function runInMachine(kernel: string, cases: Case[]): Map<string, Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-machine-'));
  try {
    const root = join(folder, 'root');
    const archive = join(folder, 'initramfs');
    writeFileSystem(root, cases);
    writeFileSync(archive, pack(root));
    const serial = boot(kernelOf(kernel), archive);
    if (!/^DONE$/m.test(serial))
      throw new Error(`the machine did not come to its end:\n${serial.slice(-4000)}`);
    const outcomes = serial.matchAll(/^BEGIN (.+?)\n(.*?)\nEND \1 (\d+)$/gms);
    return new Map(
      [...outcomes].map(([, name = '', text = '', code = '']) => [name, readOutcome(text, code)]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
