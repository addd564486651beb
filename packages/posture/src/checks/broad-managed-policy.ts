import { placeIn } from '../resource.ts';
import { defineCheck } from './check.ts';

const role = (policy: string) => `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/${policy}']`;

/** With these a role can give itself everything else. */
const everything = /\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;

export const broadManagedPolicy = defineCheck({
  id: 'broad-managed-policy',
  title: 'A role has a policy of AWS for everything with a service',
  severity: 'high',
  why: "The policies of AWS that end in FullAccess are for people who administer a service, on all of the account's resources.",
  advice: 'Write a policy with the actions and the resources that the code needs.',
  references: ['CWE-250', 'OWASP SAS-4', 'AWS Security Hub IAM.1'],
  find: ({ roles }) =>
    [...roles.values()].flatMap(({ resource, managed }) =>
      managed
        .filter((arn) => everything.test(arn) || /\/[^/]*FullAccess$/.test(arn))
        .map((arn) => ({
          subject: resource.id,
          key: arn,
          severity: everything.test(arn) ? ('critical' as const) : ('high' as const),
          message: `${resource.id} has ${arn.slice(arn.lastIndexOf('/') + 1)}.`,
          place: placeIn(resource, 'ManagedPolicyArns') ?? resource.place,
        })),
    ),
  passing: role('AmazonS3ReadOnlyAccess'),
  failing: role('AmazonS3FullAccess'),
});
