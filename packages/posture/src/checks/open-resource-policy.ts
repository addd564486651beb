import type { Graph } from '../graph/build-graph.ts';
import { type OpenStatement, openStatements } from '../graph/open-policies.ts';
import { defineCheck } from './check.ts';

const queue = (condition: string) => `
Resources:
  Queue: { Type: AWS::SQS::Queue }
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue]
      PolicyDocument:
        Statement:
          - { Effect: Allow, Principal: '*', Action: sqs:SendMessage, Resource: !GetAtt Queue.Arn${condition} }`;

/** A site is there to be read. */
const isSite = ({ resources }: Graph, { statement, on }: OpenStatement) =>
  statement.actions.every((action) => action === 's3:GetObject') &&
  on.some((id) => resources.get(id)?.properties.WebsiteConfiguration !== undefined);

export const openResourcePolicy = defineCheck({
  id: 'open-resource-policy',
  title: 'A resource is open to the world',
  severity: 'high',
  why: 'A policy that allows everyone, without a condition, lets any account read what lies there or send events to the functions behind it.',
  advice:
    'Name the principals, or add a condition such as aws:SourceArn, aws:SourceAccount or aws:PrincipalOrgID.',
  references: ['CWE-284', 'CWE-732', 'OWASP SAS-3', 'AWS Security Hub S3.2'],
  find: (graph) =>
    openStatements(graph).map((open) => {
      const { actions, place } = open.statement;
      return {
        subject: open.policy.id,
        key: actions.join(),
        ...(isSite(graph, open) && { severity: 'low' as const }),
        message: `Everyone may ${actions.join(', ')}.`,
        place,
      };
    }),
  passing: queue(", Condition: { ArnEquals: { 'aws:SourceArn': !Ref Topic } }"),
  failing: queue(''),
});
