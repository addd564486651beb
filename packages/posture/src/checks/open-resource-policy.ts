import { ofType } from '../graph/build-graph.ts';
import { readStatements } from '../graph/statements.ts';
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

/** Where each kind of resource has its policy. */
const policies: Readonly<Record<string, string>> = {
  'AWS::S3::BucketPolicy': 'PolicyDocument',
  'AWS::SQS::QueuePolicy': 'PolicyDocument',
  'AWS::SNS::TopicPolicy': 'PolicyDocument',
  'AWS::KMS::Key': 'KeyPolicy',
  'AWS::SecretsManager::ResourcePolicy': 'ResourcePolicy',
  'AWS::DynamoDB::Table': 'ResourcePolicy',
  'AWS::Events::EventBusPolicy': 'Statement',
  'AWS::Kinesis::ResourcePolicy': 'ResourcePolicy',
};

export const openResourcePolicy = defineCheck({
  id: 'open-resource-policy',
  title: 'A resource is open to the world',
  severity: 'high',
  why: 'A policy that allows everyone, without a condition, lets any account read what lies there or send events to the functions behind it.',
  advice:
    'Name the principals, or add a condition such as aws:SourceArn, aws:SourceAccount or aws:PrincipalOrgID.',
  references: ['CWE-284', 'CWE-732', 'OWASP SAS-3', 'AWS Security Hub S3.2'],
  find: (graph) =>
    Object.entries(policies).flatMap(([type, member]) =>
      ofType(graph, type).flatMap((resource) =>
        readStatements(resource.properties[member], resource)
          .filter(
            ({ effect, principals, conditions }) =>
              effect === 'Allow' && principals.includes('*') && Object.keys(conditions).length === 0,
          )
          .map(({ actions, place }) => ({
            subject: resource.id,
            key: actions.join(),
            message: `Everyone may ${actions.join(', ')}.`,
            place,
          })),
      ),
    ),
  passing: queue(", Condition: { ArnEquals: { 'aws:SourceArn': !Ref Topic } }"),
  failing: queue(''),
});
