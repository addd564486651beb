import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Audit } from '@ringfence/audit';
import { mergeEntries, readModelLine, type Suggestion, suggestRule } from '@ringfence/learn';
import {
  exportSigningKeyPem,
  formatPolicyYaml,
  generateSigningKey,
  Policy,
  RuntimeRule,
} from '@ringfence/policy';
import { CliError } from '../common/cli-error.ts';
import { type EmbedRequest, embed } from '../embed/embed.ts';
import { type RunOutcome, runFunction } from '../run/run-function.ts';
import type { RunOptions } from '../run/run-options.ts';

/** All sections learn, and no limit comes before the end of the run. */
const LEARNING = RuntimeRule.parse({
  name: 'learning',
  process: { effect: 'learn' },
  network: { effect: 'learn' },
  files: { effect: 'learn' },
  learn: { hours: 8760 },
});

export interface LearnRequest extends RunOptions {
  identity: EmbedRequest['identity'];
  events: Buffer[];
  signal?: AbortSignal;
}

/**
 * Runs a copy of the function that learns, once for each event, and suggests the rule that allows what was used.
 * Rejects with `CliError` for a bad package, and where this machine doesn't let a function be watched.
 */
export async function learnFunction({
  identity,
  ...options
}: LearnRequest): Promise<{ suggestion: Suggestion; outcome: RunOutcome; warnings: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'ringfence-learn-'));
  try {
    const [policy, key] = [join(folder, 'policy.yaml'), join(folder, 'key.pem')];
    await writeFile(policy, formatPolicyYaml(Policy.parse({ version: 1, runtime: { rules: [LEARNING] } })));
    await writeFile(key, exportSigningKeyPem(generateSigningKey()), { mode: 0o600 });
    const output = join(folder, options.package.endsWith('.zip') ? 'learning.zip' : 'learning');
    const embedded = await embed({
      input: options.package,
      output,
      identity,
      console: undefined,
      policy,
      key,
    });
    const outcome = await runFunction({ ...options, package: output });
    requireCoverage(outcome.audits);
    const lines = outcome.audits.flatMap((audit) =>
      audit.type === 'model' ? readModelLine(audit.detail) : [],
    );
    return {
      suggestion: suggestRule(mergeEntries(lines), embedded.function, LEARNING),
      outcome,
      warnings: embedded.warnings,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A section that could not be watched has learned nothing, and a rule made of that would stop the function. */
function requireCoverage(audits: Audit[]): void {
  const coverage = audits.find((audit) => audit.type === 'coverage');
  const sections = Object.entries(coverage?.detail.sections ?? {});
  const unwatched = sections.filter(([, effect]) => effect === 'unguarded').map(([section]) => section);
  if (coverage && unwatched.length === 0) return;
  const what = coverage
    ? `its ${unwatched.join(' and ')} could not be watched`
    : 'its Defender did not start';
  throw new CliError(
    'environment',
    `Nothing can be learned here: ${what}.`,
    coverage?.detail.missing.join('; ') ||
      'Try "ringfence run" with the protected package, and read its log.',
  );
}
