import type { Check } from './check.ts';

const example = (title: string, template: string) => `${title}:\n\n\`\`\`yaml\n${template.trim()}\n\`\`\``;

function renderCheck(check: Check): string {
  const { id, title, severity, why, advice, inTerraform, references, passing, failing } = check;
  return [
    `## ${id}`,
    `**${title}.** Severity ${severity}. ${references.join(', ')}.`,
    why,
    inTerraform === undefined ? advice : `${advice} In Terraform: ${inTerraform}`,
    example('Found', failing),
    example('Not found', passing),
  ].join('\n\n');
}

/** docs/posture/checks.md, made from the checks. */
export const renderCatalogue = (checks: readonly Check[]): string =>
  `${[
    '# Checks of `ringfence posture`',
    'Made from `packages/posture/src/checks/`, whose examples the tests run. The rule of a finding is `posture/` and the name of its check.',
    [
      '| check | severity | |',
      '|---|---|---|',
      ...checks.map(({ id, severity, title }) => `| [${id}](#${id}) | ${severity} | ${title} |`),
    ].join('\n'),
    ...checks.map(renderCheck),
  ].join('\n\n')}\n`;
