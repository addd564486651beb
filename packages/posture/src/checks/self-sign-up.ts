import { ofType } from '../graph/build-graph.ts';
import { isTrue, membersOf } from '../graph/json.ts';
import { placeIn } from '../resource.ts';
import { defineCheck } from './check.ts';

const pool = (only: boolean) => `
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Properties: { AdminCreateUserConfig: { AllowAdminCreateUserOnly: ${only} } }`;

export const selfSignUp = defineCheck({
  id: 'self-sign-up',
  title: 'Anyone can make themselves a user',
  severity: 'info',
  why: 'An authorizer lets in all users of the pool; where everyone can become one, it keeps nobody out.',
  advice:
    'Set AdminCreateUserConfig.AllowAdminCreateUserOnly where the application is for people who are known.',
  inTerraform:
    'Set admin_create_user_config with allow_admin_create_user_only where the application is for people who are known.',
  references: ['CWE-287', 'OWASP SAS-2'],
  find: (graph) =>
    ofType(graph, 'AWS::Cognito::UserPool')
      .filter(
        ({ properties }) => !isTrue(membersOf(properties.AdminCreateUserConfig).AllowAdminCreateUserOnly),
      )
      .map((resource) => ({
        subject: resource.id,
        message: `${resource.id} lets people sign up.`,
        place: placeIn(resource, 'AdminCreateUserConfig'),
      })),
  passing: pool(true),
  failing: pool(false),
});
