import type { Inventory } from '../resource.ts';
import { referenceOf } from '../template/substitution.ts';
import { defineCheck } from './check.ts';
import { aFunction } from './example-templates.ts';
import { isElsewhere, secretName } from './secret-in-environment.ts';
import { tellOnce } from './tell-once.ts';

const variables =
  "Environment: { Variables: { API_TOKEN: '{{resolve:secretsmanager:api:SecretString:token}}' } }";

/** Whether it says where something lies: an ARN, an address, or what refers to a resource that is no access key. */
function namesResource(value: unknown, resources: Inventory['resources']): boolean {
  if (typeof value !== 'string') return false;
  if (!value.startsWith('{{') && isElsewhere(value)) return true;
  const [id = ''] = referenceOf(value)?.name.split('.') ?? [];
  const type = resources.get(id)?.type;
  return type !== undefined && type !== 'AWS::IAM::AccessKey';
}

export const environmentKey = defineCheck({
  id: 'environment-key',
  title: "Secrets in variables are encrypted with the key that all of the account's functions share",
  severity: 'info',
  why: 'Whoever may look at the configuration of a function then reads its variables; with a key of your own they need the right to that, too.',
  advice: 'Set KmsKeyArn, or read the secret when the function starts in place of a variable.',
  inTerraform: 'Set kms_key_arn, or read the secret when the function starts in place of a variable.',
  references: ['CWE-312', 'OWASP SAS-7'],
  find: ({ functions, resources }) =>
    tellOnce(
      [...functions.values()]
        .filter(({ environment }) =>
          Object.entries(environment).some(
            ([name, value]) => secretName.test(name) && !namesResource(value, resources),
          ),
        )
        .map(({ resource }) => resource)
        .filter(({ properties }) => properties.KmsKeyArn === undefined),
      (names) => `${names}: no KmsKeyArn.`,
    ),
  passing: aFunction(`KmsKeyArn: !GetAtt Key.Arn\n      ${variables}`),
  failing: aFunction(variables),
});
