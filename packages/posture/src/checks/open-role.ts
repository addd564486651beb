import { ofType } from '../graph/build-graph.ts';
import { readStatements, type Statement } from '../graph/statements.ts';
import { defineCheck } from './check.ts';

const role = (trust: string) => `
Resources:
  Reader:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Action: 'sts:AssumeRole', Principal: ${trust} }]`;

/** Providers of identities that serve everyone: without a condition on who, each of their customers is meant. */
const ofEveryone = /token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io|bitbucket\.org/;

const saysWho = ({ conditions }: Statement) =>
  Object.values(conditions).some((test) =>
    Object.entries(test as object).some(([key, value]) => /:sub$/.test(key) && value !== '*'),
  );

const isOpen = (statement: Statement) =>
  statement.effect === 'Allow' &&
  ((statement.principals.includes('*') && Object.keys(statement.conditions).length === 0) ||
    (statement.principals.some((each) => each.startsWith('Federated:') && ofEveryone.test(each)) &&
      !saysWho(statement)));

export const openRole = defineCheck({
  id: 'open-role',
  title: 'Everyone may take the role',
  severity: 'critical',
  why: 'Any account of AWS, or any customer of the identity provider, gets keys with all that the role allows.',
  advice: 'Name the accounts or services; for an identity provider add a condition on its sub claim.',
  references: ['CWE-284', 'OWASP SAS-3', 'OWASP SAS-4'],
  find: (graph) =>
    ofType(graph, 'AWS::IAM::Role').flatMap((resource) =>
      readStatements(resource.properties.AssumeRolePolicyDocument, resource)
        .filter(isOpen)
        .map(({ principals, place }) => ({
          subject: resource.id,
          key: principals.join(),
          message: `${principals.join(', ')} may assume ${resource.id}.`,
          place,
        })),
    ),
  passing: role('{ Service: lambda.amazonaws.com }'),
  failing: role("{ AWS: '*' }"),
});
