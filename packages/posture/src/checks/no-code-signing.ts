import { ownFunctions } from '../graph/made-by-cdk.ts';
import { defineCheck } from './check.ts';
import { aFunction } from './example-templates.ts';
import { tellOnce } from './tell-once.ts';

export const noCodeSigning = defineCheck({
  id: 'no-code-signing',
  title: 'Lambda takes any code for the functions',
  severity: 'info',
  why: 'Whoever may update a function puts code in it that no build has made, and nothing notices.',
  advice: 'Sign the packages with AWS Signer, and set CodeSigningConfigArn with a policy of Enforce.',
  references: ['CWE-347', 'OWASP SAS-6'],
  find: (graph) =>
    tellOnce(
      ownFunctions(graph)
        .map(({ resource }) => resource)
        // Images are signed otherwise.
        .filter(({ properties }) => properties.PackageType !== 'Image' && !properties.CodeSigningConfigArn),
      (names) => `${names}: the code needs no signature.`,
    ),
  passing: aFunction(
    "CodeSigningConfigArn: 'arn:aws:lambda:eu-west-1:123456789012:code-signing-config:csc-0'",
  ),
  failing: aFunction('Timeout: 30'),
});
