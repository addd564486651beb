import type { Resource } from '../resource.ts';

/**
 * What the CDK's grants allow, each in its smallest form, with the actions that they have only beside. Taken over whole by everyone who writes
 * for the CDK, and often by hand. From the API reference of aws-cdk-lib (grantRead, grantSendMessages …).
 */
const grants: readonly (readonly [actions: string, beside?: string])[] = [
  [
    'dynamodb:BatchGetItem dynamodb:Query dynamodb:GetItem dynamodb:Scan',
    'dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ConditionCheckItem dynamodb:DescribeTable',
  ],
  [
    'dynamodb:BatchWriteItem dynamodb:PutItem dynamodb:UpdateItem dynamodb:DeleteItem',
    'dynamodb:DescribeTable dynamodb:ConditionCheckItem',
  ],
  ['s3:GetObject*', 's3:GetBucket* s3:List*'],
  ['s3:DeleteObject*'],
  ['s3:List*', 's3:GetObject* s3:GetBucket*'],
  [
    's3:PutObject',
    's3:PutObjectLegalHold s3:PutObjectRetention s3:PutObjectTagging s3:PutObjectVersionTagging s3:Abort*',
  ],
  ['sqs:SendMessage', 'sqs:GetQueueAttributes sqs:GetQueueUrl'],
  [
    'sqs:ReceiveMessage sqs:DeleteMessage',
    'sqs:ChangeMessageVisibility sqs:GetQueueAttributes sqs:GetQueueUrl',
  ],
  ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
  ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecret secretsmanager:UpdateSecretVersionStage'],
  ['ssm:GetParameter ssm:GetParameters', 'ssm:DescribeParameters ssm:GetParameterHistory'],
  ['kinesis:PutRecord kinesis:PutRecords', 'kinesis:ListShards'],
  [
    'kinesis:GetRecords kinesis:GetShardIterator',
    'kinesis:DescribeStreamSummary kinesis:ListShards kinesis:SubscribeToShard kinesis:DescribeStream kinesis:ListStreams kinesis:DescribeStreamConsumer',
  ],
  ['dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
  ['firehose:PutRecord firehose:PutRecordBatch'],
  ['states:SendTaskSuccess states:SendTaskFailure states:SendTaskHeartbeat'],
  [
    'rds-data:ExecuteStatement rds-data:BatchExecuteStatement rds-data:BeginTransaction rds-data:CommitTransaction rds-data:RollbackTransaction',
  ],
  ['kms:Encrypt', 'kms:ReEncrypt* kms:GenerateDataKey*'],
];

const listed = grants.map(([actions, beside = '']) => ({
  actions: actions.split(' '),
  beside: beside.split(' '),
}));

/** What the CDK makes itself has the end of a hash. */
export const isMadeByGrant = ({ id }: Resource): boolean => /[0-9A-F]{8}$/.test(id);

/**
 * Whether the action comes with a grant that something needs, so that only leaving the grant would take it away. By hand, only what goes beside is
 * taken over with it.
 */
export function comesWithGrant(
  action: string,
  allowed: readonly string[],
  isNeeded: (action: string) => boolean,
  isGrant: boolean,
): boolean {
  return listed.some(
    ({ actions, beside }) =>
      actions.every((each) => allowed.includes(each)) &&
      actions.some(isNeeded) &&
      (((isGrant || action.includes('*')) && actions.includes(action)) || beside.includes(action)),
  );
}
