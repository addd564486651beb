import type { FunctionIdentity } from '@ringfence/policy';
import { stringify } from 'yaml';

export const printFormats = ['sam', 'serverless', 'cloudformation', 'cli'] as const;
export type PrintFormat = (typeof printFormats)[number];

/** The variables that a function needs, in the shape of a deployment tool; without one, as KEY=VALUE lines. */
export function renderVariables(
  { name, region }: FunctionIdentity,
  variables: Record<string, string>,
  format?: PrintFormat,
): string {
  const pairs = Object.entries(variables).map(([key, value]) => `${key}=${value}`);
  const logicalId = name.replace(/[^A-Za-z0-9]/g, '') || 'Function';
  const resource = (type: string) => ({
    Resources: { [logicalId]: { Type: type, Properties: { Environment: { Variables: variables } } } },
  });
  switch (format) {
    case 'sam':
      return toYaml(resource('AWS::Serverless::Function'));
    case 'cloudformation':
      return toYaml(resource('AWS::Lambda::Function'));
    case 'serverless':
      return toYaml({ functions: { [name]: { environment: variables } } });
    case 'cli':
      return [
        '# Replaces all variables of the function: add those that it has already.',
        `aws lambda update-function-configuration --function-name '${name}' --region '${region}' \\`,
        `  --environment 'Variables={${pairs.join(',')}}'`,
      ].join('\n');
    default:
      return pairs.join('\n');
  }
}

const toYaml = (value: unknown) => stringify(value, { lineWidth: 0 }).trimEnd();
