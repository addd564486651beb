import { ofType } from '../graph/build-graph.ts';
import { membersOf } from '../graph/json.ts';
import { placeIn } from '../resource.ts';
import { defineCheck } from './check.ts';

const pool = (length: number) => `
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Properties: { Policies: { PasswordPolicy: { MinimumLength: ${length} } } }`;

/** NIST SP 800-63B: passwords have eight characters at least. */
const SHORTEST = 8;

export const weakPasswords = defineCheck({
  id: 'weak-passwords',
  title: 'People may have short passwords',
  severity: 'medium',
  why: 'Short passwords are guessed, and the function behind takes who has guessed one for the person.',
  advice: 'Set MinimumLength to 12 or more.',
  inTerraform: 'Set minimum_length to 12 or more.',
  references: ['CWE-521', 'OWASP SAS-2', 'AWS Security Hub Cognito.3'],
  find: (graph) =>
    ofType(graph, 'AWS::Cognito::UserPool').flatMap((resource) => {
      const { MinimumLength } = membersOf(membersOf(resource.properties.Policies).PasswordPolicy);
      return Number(MinimumLength) < SHORTEST
        ? [
            {
              subject: resource.id,
              message: `Passwords of ${resource.id} may have ${String(MinimumLength)} characters.`,
              place: placeIn(resource, 'Policies', 'PasswordPolicy', 'MinimumLength'),
            },
          ]
        : [];
    }),
  passing: pool(12),
  failing: pool(6),
});
