import { isTrue } from '../graph/json.ts';
import { defineCheck } from './check.ts';
import { isElsewhere, secretName } from './secret-in-environment.ts';

const parameter = (more: string) => `
Parameters:
  DatabasePassword: { Type: String${more} }
Resources:
  Orders: { Type: AWS::DynamoDB::Table }`;

export const openParameter = defineCheck({
  id: 'open-parameter',
  title: 'A secret is a parameter that everyone can see',
  severity: 'low',
  why: 'Without NoEcho whoever may look at the stack reads the value; with a default the template tells it to all who have that.',
  advice:
    'Let the template name a secret of Secrets Manager ({{resolve:secretsmanager:…}}), or set NoEcho and no Default.',
  inTerraform:
    'Let a secret of Secrets Manager be read (aws_secretsmanager_secret_version), or mark the variable as sensitive and give it no default.',
  references: ['CWE-798', 'CWE-312', 'OWASP SAS-7'],
  find: ({ parameters = [] }) =>
    parameters
      .filter(({ id, properties }) => secretName.test(id) && /^String$/.test(String(properties.Type)))
      .flatMap(({ id, properties: { Default, NoEcho }, place }) => {
        const isGiven = Default !== undefined && !isElsewhere(String(Default));
        // What is looked up elsewhere by a name is no secret itself.
        if (!isGiven && (isTrue(NoEcho) || /^(\/|arn:|\{\{resolve)/.test(String(Default ?? '')))) return [];
        return [
          {
            subject: id,
            ...(isGiven && { severity: 'high' as const }),
            message: isGiven ? `${id} has its value as a default.` : `${id} has no NoEcho.`,
            place,
          },
        ];
      }),
  passing: parameter(', NoEcho: true'),
  failing: parameter(''),
});
