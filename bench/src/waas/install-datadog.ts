import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ENGINE = '@datadog/native-appsec@11.0.3';
const TRACER = 'dd-trace@6.21.0';
const RULES = 'package/packages/dd-trace/src/appsec/recommended.json';

/** What was measured, in words. */
export const datadog = `${ENGINE} with the recommended rules of ${TRACER}`;

/**
 * Installs Datadog's engine and the rules of its tracer into the bench's build folder, once; of the tracer, which brings 100 MB, only
 * the rules. Throws where npm can't.
 */
export function installDatadog(): string {
  const folder = fileURLToPath(new URL('../../build/datadog', import.meta.url));
  const rules = join(folder, 'recommended.json');
  if (existsSync(rules)) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const run = (command: string, ...words: string[]) =>
    execFileSync(command, words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  run('npm', 'install', '--no-audit', '--no-fund', '--loglevel=error', ENGINE);
  const archive = run('npm', 'pack', '--silent', TRACER).trim();
  run('tar', '-xzf', archive, RULES);
  renameSync(join(folder, RULES), rules);
  return folder;
}
