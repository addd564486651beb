import type { Severity } from '@ringfence/findings';
import { leastPrivilege } from '../least/least-privilege.ts';
import { defineCheck, type Problem } from './check.ts';
import { managedBreadth } from './managed-breadth.ts';
import { neededOf } from './surplus-in-words.ts';

const aRole = (policy: string) => `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/${policy}']`;

/** Actions that a message names. */
const MOST_NAMED = 4;

function severityOf(actions: readonly string[]): Severity {
  // With these a role can give itself everything else.
  if (actions.some((action) => action === '*' || action === 'iam:*')) return 'critical';
  return actions.some((action) => action.endsWith(':*')) ? 'high' : 'medium';
}

const inWords = (actions: readonly string[]) =>
  actions.slice(0, MOST_NAMED).join(', ') +
  (actions.length > MOST_NAMED ? ` and ${actions.length - MOST_NAMED} more` : '');

export const broadManagedPolicy = defineCheck({
  id: 'broad-managed-policy',
  title: 'A role has a policy of AWS that holds for everything in the account',
  severity: 'high',
  why: "AWS's own policies can't know the application's resources, so most of them are for all that there are, also those of other applications.",
  advice: 'Write a policy with the actions and the resources that the code needs.',
  references: ['CWE-250', 'OWASP SAS-4', 'AWS Security Hub IAM.1'],
  async find(graph) {
    const { fixOf, surpluses } = leastPrivilege(graph);
    const found: Problem[] = [];
    for (const role of graph.roles.values()) {
      const { resource, statements } = role;
      const fix = fixOf(role);
      for (const policy of new Set(statements.map(({ readyMade }) => readyMade))) {
        const broad = policy === undefined ? [] : await managedBreadth(role, policy);
        if (policy === undefined || broad.length === 0) continue;
        const unneeded = surpluses.filter(
          ({ statement, roles, seenBy }) => statement.readyMade === policy && roles.includes(role) && !seenBy,
        );
        const needed = unneeded.length === 0 ? '' : `; the code needs ${neededOf(unneeded)} of it`;
        found.push({
          subject: resource.id,
          key: policy,
          severity: severityOf(broad),
          message: `${resource.id} has ${policy.slice(policy.lastIndexOf('/') + 1)}, with ${inWords(broad)} on every resource${needed}.`,
          place: statements.find(({ readyMade }) => readyMade === policy)?.place,
          ...(fix && { fix }),
        });
      }
    }
    return found;
  },
  passing: aRole('service-role/AWSLambdaBasicExecutionRole'),
  failing: aRole('AmazonS3FullAccess'),
});
