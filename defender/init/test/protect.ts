import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAuditLine } from '@ringfence/audit';
import {
  compilePolicy,
  type DefenderConfiguration,
  decodeCompiledPolicy,
  encodeCompiledPolicy,
  encodeDefenderConfiguration,
  FunctionIdentity,
  importSigningKey,
  Policy,
  type PolicyInput,
  signPolicy,
} from '@ringfence/policy';
import type { EngineSettings } from '@ringfence/policy/waas-section';

export const identity = {
  cloud: 'aws',
  account: '123456789012',
  region: 'eu-west-1',
  name: 'convert',
  runtime: 'provided.al2023',
  arch: process.arch === 'arm64' ? 'arm64' : 'x86_64',
} as const;

export const signingKey = importSigningKey(new Uint8Array(32).fill(7));

const built = (name: string) => fileURLToPath(new URL(`../build/${identity.arch}/${name}`, import.meta.url));
export const initPath = built('ringfence-init');

type Rule = NonNullable<NonNullable<PolicyInput['runtime']>['rules']>[number];
/** The sections of a rule, or the process section alone. */
type Sections = Omit<Rule, 'name' | 'collections' | 'onError'> | NonNullable<Rule['process']>;

/** A signed policy with one rule for every function. */
export function signedPolicy(
  sections: Sections,
  options: {
    onError?: 'open' | 'closed';
    revision?: number;
    name?: string;
    waas?: EngineSettings;
  } = {},
) {
  const rule = 'effect' in sections ? { process: sections } : sections;
  const policy = Policy.parse({
    version: 1,
    runtime: { rules: [{ name: 'all', onError: options.onError ?? 'closed', ...rule }] },
  });
  const compiled = compilePolicy({
    policy,
    identity: { ...identity, name: options.name ?? identity.name },
    revision: options.revision ?? 1,
    issuedAt: 0,
  });
  const { waas } = options;
  if (!waas) return signPolicy(compiled, signingKey);
  return signPolicy(encodeCompiledPolicy({ ...decodeCompiledPolicy(compiled), waas }), signingKey);
}

/** Lays out a package with the real init and this configuration, as a zip of `ringfence embed` is unpacked. */
export function layOut(
  configuration: DefenderConfiguration,
  binary = initPath,
  options: { library?: boolean; mode?: number } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-init-'));
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, '.ringfence'));
  const init = join(folder, '.ringfence/init');
  copyFileSync(binary, init);
  chmodSync(init, options.mode ?? 0o111);
  if (options.library ?? true) copyFileSync(built('guard.so'), join(folder, '.ringfence/guard.so'));
  writeFileSync(
    join(folder, '.ringfence/policy'),
    encodeDefenderConfiguration({ identity, pinnedKey: signingKey.publicKey, ...configuration }),
  );
  return { folder, init, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export type Finished = {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Lines of stdout that are no audits. */
  stdout: string;
  stderr: string;
  audits: Record<string, unknown>[];
};

export const auditsOf = (finished: Finished, type: string) =>
  finished.audits.filter((audit) => audit.type === type);

/** The audit of a line, which must be one that a Console takes, unless the Defender does not know whom it guards. */
function readAudit(line: string): Record<string, unknown> {
  const audit = JSON.parse(line);
  const parsed = parseAuditLine(line);
  if (!parsed.ok && FunctionIdentity.safeParse(audit.function).success)
    throw new Error(`the Console would refuse this audit: ${parsed.error}\n${line}`);
  return audit;
}

/** Collects what a started init prints until it ends; fails when it prints an audit that a Console would refuse. */
export async function collect(child: ChildProcess): Promise<Finished> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const [code, signal] = await once(child, 'close');
  // An audit may stand behind text that the function left without a newline.
  const audits = stdout.match(/\{"ringfence":1,.*\n/g) ?? [];
  return {
    code,
    signal,
    stdout: stdout.replace(/\{"ringfence":1,.*\n/g, ''),
    stderr,
    audits: audits.map(readAudit),
  };
}

/** Runs a command under the init of the package, as an unprivileged user when the tests run as root. */
export function runUnder(
  init: string,
  command: string[],
  options: { env?: Record<string, string>; asRoot?: boolean; cwd?: string; stdin?: 'ignore' | 'pipe' } = {},
) {
  const unprivileged = process.getuid?.() === 0 && !options.asRoot ? { uid: 993, gid: 993 } : {};
  return spawn(init, command, {
    stdio: [options.stdin ?? 'ignore', 'pipe', 'pipe'],
    cwd: options.cwd ?? '/',
    env: { PATH: '/usr/bin:/bin', ...options.env },
    ...unprivileged,
  });
}

/** Compiles a C program of the tests once for each change of its source; returns its path. */
export function compileProgram(source: string, flags: string[] = []) {
  const from = fileURLToPath(new URL(source, import.meta.url));
  const name = source.replace(/\.c$/, '') + flags.join('');
  const output = fileURLToPath(new URL(`../build/test/${name}`, import.meta.url));
  if (!existsSync(output) || statSync(output).mtimeMs < statSync(from).mtimeMs) {
    mkdirSync(join(output, '..'), { recursive: true });
    execFileSync('gcc', ['-O1', '-Wall', '-Wextra', '-Werror', from, '-o', output, '-lpthread', ...flags]);
  }
  return output;
}

/** Whether this machine's kernel is older than a version. */
export function kernelIsBefore(major: number, minor: number) {
  const [ownMajor = 0, ownMinor = 0] = release().split('.').map(Number);
  return ownMajor < major || (ownMajor === major && ownMinor < minor);
}
