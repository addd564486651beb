import { ofType } from '../graph/build-graph.ts';
import { placeIn } from '../resource.ts';
import { defineCheck } from './check.ts';

const pool = (mode: string) => `
Resources:
  Pool: { Type: AWS::Cognito::UserPool, Properties: { MfaConfiguration: '${mode}' } }`;

export const noSecondFactor = defineCheck({
  id: 'no-second-factor',
  title: 'A password is all that it takes to log in',
  severity: 'low',
  why: 'Passwords are lost to other sites and to false mails; without a second factor whoever has one is the person.',
  advice: 'Set MfaConfiguration to ON, or to OPTIONAL so that people may have it.',
  inTerraform: 'Set mfa_configuration to ON, or to OPTIONAL so that people may have it.',
  references: ['CWE-308', 'OWASP SAS-2', 'AWS Security Hub Cognito.5'],
  find: (graph) =>
    ofType(graph, 'AWS::Cognito::UserPool')
      .filter(({ properties: { MfaConfiguration = 'OFF' } }) => MfaConfiguration === 'OFF')
      .map((resource) => ({
        subject: resource.id,
        message: `${resource.id} has no second factor.`,
        place: placeIn(resource, 'MfaConfiguration'),
      })),
  passing: pool('OPTIONAL'),
  failing: pool('OFF'),
});
