import type { Severity } from '@ringfence/findings';
import type { Statement } from '../graph/statements.ts';
import { leastPrivilege } from '../least/least-privilege.ts';
import { defineCheck, type Problem } from './check.ts';
import { limitable } from './limitable.ts';

const aRole = (policy: string) => `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/${policy}']`;

/** Made for functions: what writes their logs and traces, and polls for their events. */
const forFunctions = /ExecutionRole|XRay|LambdaInsights|^CDK$/i;
const everyResource = /^(\*|arn:aws:[a-z0-9-]+:\*?:\*?:\*)$/;
/** Actions that a message names. */
const MOST_NAMED = 4;

/** What a statement allows on every resource, although it could be allowed on single ones. */
async function broadActions({ effect, actions, exceptActions, resources, conditions }: Statement) {
  if (effect !== 'Allow' || !resources.some((resource) => everyResource.test(resource))) return [];
  // A condition may say which resources are meant.
  if (Object.keys(conditions).length > 0) return [];
  if (exceptActions) return ['*'];
  return limitable(actions);
}

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
    const { fixOf } = leastPrivilege(graph);
    const found: Problem[] = [];
    for (const role of graph.roles.values()) {
      const { resource, statements } = role;
      const fix = fixOf(role);
      for (const policy of new Set(statements.map(({ readyMade }) => readyMade))) {
        if (policy === undefined || forFunctions.test(policy)) continue;
        const own = statements.filter(({ readyMade }) => readyMade === policy);
        const broad = (await Promise.all(own.map(broadActions))).flat();
        if (broad.length > 0)
          found.push({
            subject: resource.id,
            key: policy,
            severity: severityOf(broad),
            message: `${resource.id} has ${policy.slice(policy.lastIndexOf('/') + 1)}, with ${inWords(broad)} on every resource.`,
            place: own[0]?.place,
            ...(fix && { fix }),
          });
      }
    }
    return found;
  },
  passing: aRole('service-role/AWSLambdaBasicExecutionRole'),
  failing: aRole('AmazonS3FullAccess'),
});
