import { membersOf } from '../graph/json.ts';
import { ownFunctions } from '../graph/made-by-cdk.ts';
import type { Inventory, Resource } from '../resource.ts';
import { referenceOf } from '../template/substitution.ts';
import { defineCheck } from './check.ts';
import { aFunction } from './example-templates.ts';
import { tellOnce } from './tell-once.ts';

/** Whether a signature is asked for, and code without one turned down; what another template says is taken to. */
function isSigned({ properties }: Resource, { resources }: Inventory): boolean {
  if (!properties.CodeSigningConfigArn) return false;
  const config = resources.get(referenceOf(properties.CodeSigningConfigArn)?.name ?? '');
  if (config?.type !== 'AWS::Lambda::CodeSigningConfig') return true;
  // Without a word, Lambda warns.
  const { UntrustedArtifactOnDeployment = 'Warn' } = membersOf(config.properties.CodeSigningPolicies);
  return UntrustedArtifactOnDeployment !== 'Warn';
}

export const noCodeSigning = defineCheck({
  id: 'no-code-signing',
  title: 'Lambda takes any code for the functions',
  severity: 'info',
  why: 'Whoever may update a function puts code in it that no build has made, and nothing notices.',
  advice: 'Sign the packages with AWS Signer, and set CodeSigningConfigArn with a policy of Enforce.',
  inTerraform: 'Sign the packages with AWS Signer, and set code_signing_config_arn with a policy of Enforce.',
  references: ['CWE-347', 'OWASP SAS-6'],
  find: (graph) =>
    tellOnce(
      ownFunctions(graph)
        .map(({ resource }) => resource)
        // Images are signed otherwise.
        .filter((resource) => resource.properties.PackageType !== 'Image' && !isSigned(resource, graph)),
      (names) => `${names}: code without a signature is taken, too.`,
    ),
  passing: aFunction(
    "CodeSigningConfigArn: 'arn:aws:lambda:eu-west-1:123456789012:code-signing-config:csc-0'",
  ),
  failing: aFunction('Timeout: 30'),
});
