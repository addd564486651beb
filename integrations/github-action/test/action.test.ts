import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NoOperationTraceWriter } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/action-parser';
import { Report } from '@ringfence/findings';
import { describe, expect, it } from 'vitest';
import { makeProject } from './make-project.ts';
import { actionText, runAction } from './run-steps.ts';

/** What GitHub's own parser has against an action. */
const problemsOf = (content: string): string[] =>
  parseAction({ name: 'action.yml', content }, new NoOperationTraceWriter())
    .context.errors.getErrors()
    .map(({ message }) => message);

const inputs = { package: 'fn', function: 'pad', region: 'eu-west-1', advisories: 'advisories' };

describe('action.yml', () => {
  it('is an action by the schema of GitHub, which finds faults', () => {
    expect(problemsOf(actionText)).toEqual([]);
    expect(problemsOf(actionText.replace('shell: bash', 'shel: bash'))).not.toEqual([]);
    expect(problemsOf(actionText.replace('using: composite', 'using: compost'))).not.toEqual([]);
  });

  it('puts nothing that a caller gives into a script', () => {
    for (const [, script] of actionText.matchAll(/^ +run: (.*)$/gm)) expect(script).not.toContain('${{');
  });
});

describe('the steps', () => {
  it('fail the job for what is found, after the reports are written', async () => {
    const { code, runner, outputs } = await runAction({ ...inputs, protected: 'out' }, makeProject('1.0.0'));
    expect(code).toBe(1);
    const report = Report.parse(JSON.parse(readFileSync(outputs.report ?? '', 'utf8')));
    expect(report.findings.map(({ rule }) => rule)).toContain('GHSA-1');
    expect(JSON.parse(readFileSync(outputs.sarif ?? '', 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect(readFileSync(join(runner, 'summary'), 'utf8')).toContain('GHSA-1');
    expect(outputs.environment).toBe('');
  });

  it('embed the Defender where nothing is found', async () => {
    const folder = makeProject('1.1.0');
    const given = { ...inputs, policy: 'policy.yaml', protected: 'out' };
    const { code, output, outputs } = await runAction(given, folder);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('is protected: pad') });
    expect(existsSync(join(folder, 'out'))).toBe(true);
    expect(readFileSync(outputs.environment ?? '', 'utf8')).toMatch(/^RINGFENCE_POLICY=[\w-]+$/m);
  });

  it('take names for names, whatever is in them', async () => {
    const folder = makeProject('1.1.0');
    const name = '$(touch hacked)`touch hacked`"; touch hacked; "';
    const { code } = await runAction({ ...inputs, package: name }, folder);
    expect(code).toBe(2);
    expect(existsSync(join(folder, 'hacked'))).toBe(false);
  });
});
