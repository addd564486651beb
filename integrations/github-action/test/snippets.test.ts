import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { makeProject } from './make-project.ts';
import { runScript } from './run-steps.ts';

const page = readFileSync(new URL('../../../docs/scan/ci.md', import.meta.url), 'utf8');

/** The first block of code below a heading of the page. */
function blockUnder(heading: string): string {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  return /```\w+\n(.*?)```/s.exec(section)?.[1] ?? '';
}

const jenkins = () =>
  [...blockUnder('Jenkins').matchAll(/sh '''(.*?)'''/gs)].map(([, script]) => script).join('\n');
const gitlab = () => (parse(blockUnder('GitLab')) as { scan: { script: string[] } }).scan.script.join('\n');

it('shows a workflow that GitHub takes, with inputs that the action has', () => {
  const content = blockUnder('GitHub Actions');
  const { context } = parseWorkflow({ name: 'deploy.yml', content }, new NoOperationTraceWriter());
  expect(context.errors.getErrors()).toEqual([]);
  const { inputs } = parse(readFileSync(new URL('../action.yml', import.meta.url), 'utf8'));
  const { steps } = parse(content).jobs.function;
  const { with: given } = steps.find(({ id }: { id?: string }) => id === 'ringfence');
  expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
});

describe.each([
  ['GitLab', gitlab],
  ['Jenkins', jenkins],
])('the snippet for %s', (_name, read) => {
  /** The page's script, without the way to OSV, which a test does not have. */
  const script = () => read().replace('ringfence db update', 'ringfence db update --from advisories');

  it('stops the build at findings, with reports', async () => {
    const folder = makeProject('1.0.0');
    expect((await runScript(script(), folder, {})).code).toBe(1);
    expect(readFileSync(join(folder, 'junit.xml'), 'utf8')).toContain('GHSA-1');
    expect(existsSync(join(folder, 'protected.zip'))).toBe(false);
  });

  it('scans and then embeds', async () => {
    const folder = makeProject('1.1.0');
    expect(await runScript(script(), folder, {})).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, 'protected.zip'))).toBe(true);
  });
});
