import { expect, test } from 'vitest';
import { neededActions } from './needed-actions.ts';

const need = async (name: string, parameters: Record<string, string>) => {
  const [service = '', operation = ''] = name.split(':');
  const found = await neededActions({ service, operation, parameters, location: { path: 'a.js', line: 1 } });
  return found?.map(({ actions, resources }) => ({ actions, resources }));
};
const regional = (service: string, resource: string) =>
  `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`;

test.each<[string, Record<string, string>, string[], string[] | undefined]>([
  [
    'dynamodb:GetItem',
    { TableName: '${env:T}' },
    ['dynamodb:GetItem'],
    [regional('dynamodb', 'table/${env:T}')],
  ],
  [
    'dynamodb:Query',
    { TableName: 't', IndexName: 'i' },
    ['dynamodb:Query'],
    [regional('dynamodb', 'table/t/index/i')],
  ],
  [
    'dynamodb:ExecuteStatement',
    { Statement: 'SELECT * FROM "${env:T}"."byDay" WHERE x = 1' },
    ['dynamodb:PartiQLSelect'],
    [regional('dynamodb', 'table/${env:T}/index/byDay')],
  ],
  [
    'dynamodb:ExecuteStatement',
    { Statement: 'INSERT INTO t VALUE ?' },
    ['dynamodb:PartiQLInsert'],
    [regional('dynamodb', 'table/t')],
  ],
  [
    'dynamodb:ExecuteStatement',
    { Statement: 'DELETE FROM "${?}" WHERE x = 1' },
    ['dynamodb:PartiQLDelete'],
    undefined,
  ],
  [
    'dynamodb:Query',
    { TableName: 't', IndexName: '${?}' },
    ['dynamodb:Query'],
    [regional('dynamodb', 'table/t'), regional('dynamodb', 'table/t/index/${?}')],
  ],
  ['s3:ListObjectsV2', { Bucket: 'b', Prefix: 'p' }, ['s3:ListBucket'], ['arn:${AWS::Partition}:s3:::b']],
  ['s3:HeadObject', { Bucket: 'b', Key: 'k' }, ['s3:GetObject'], ['arn:${AWS::Partition}:s3:::b/k']],
  ['s3:PutObject', { Bucket: '${?}', Key: 'k' }, ['s3:PutObject'], undefined],
  ['s3:ListBuckets', {}, ['s3:ListAllMyBuckets'], ['*']],
  ['sqs:SendMessageBatch', { QueueUrl: '${env:Q}' }, ['sqs:SendMessage'], ['${env:Q}']],
  ['sqs:SendMessage', { QueueName: 'q' }, ['sqs:SendMessage'], [regional('sqs', 'q')]],
  ['sns:Publish', { PhoneNumber: '${?}' }, ['sns:Publish'], ['*']],
  ['lambda:Invoke', { FunctionName: 'f' }, ['lambda:InvokeFunction'], [regional('lambda', 'function:f')]],
  [
    'secretsmanager:GetSecretValue',
    { SecretId: 's' },
    ['secretsmanager:GetSecretValue'],
    [regional('secretsmanager', 'secret:s-??????')],
  ],
  [
    'ssm:GetParametersByPath',
    { Path: '/shop' },
    ['ssm:GetParametersByPath'],
    [regional('ssm', 'parameter/shop')],
  ],
  ['events:PutEvents', {}, ['events:PutEvents'], [regional('events', 'event-bus/default')]],
  ['execute-api:PostToConnection', {}, ['execute-api:ManageConnections'], undefined],
  [
    's3:PutObject',
    { Bucket: 'b', Key: 'k', ACL: 'public-read' },
    ['s3:PutObject', 's3:PutObjectAcl'],
    ['arn:${AWS::Partition}:s3:::b/k'],
  ],
  [
    's3:GetObject',
    { Bucket: 'b', Key: 'k', VersionId: '${?}' },
    ['s3:GetObject', 's3:GetObjectVersion'],
    ['arn:${AWS::Partition}:s3:::b/k'],
  ],
  ['apigateway:CreateApiKey', {}, ['apigateway:POST'], undefined],
  ['rekognition:DetectLabels', {}, ['rekognition:DetectLabels'], ['*']],
  [
    'logs:FilterLogEvents',
    { logGroupName: 'g' },
    ['logs:FilterLogEvents'],
    [regional('logs', 'log-group:g:*')],
  ],
  [
    'athena:StartQueryExecution',
    {},
    ['athena:StartQueryExecution'],
    [regional('athena', 'workgroup/primary')],
  ],
  ['athena:GetQueryResults', { QueryExecutionId: '${?}' }, ['athena:GetQueryResults'], undefined],
  [
    'ses:SendEmail',
    { Source: 'Shop <orders@shop.example>' },
    ['ses:SendEmail'],
    [regional('ses', 'identity/${?}shop.example')],
  ],
  ['ses:SendEmail', { FromEmailAddress: '${Sender}' }, ['ses:SendEmail'], undefined],
  [
    'bedrock:Converse',
    { modelId: 'amazon.nova-lite-v1:0' },
    ['bedrock:InvokeModel'],
    ['arn:${AWS::Partition}:bedrock:${AWS::Region}::foundation-model/amazon.nova-lite-v1:0'],
  ],
  [
    'bedrock:InvokeModel',
    { modelId: 'eu.amazon.nova-lite-v1:0' },
    ['bedrock:InvokeModel'],
    [
      regional('bedrock', 'inference-profile/eu.amazon.nova-lite-v1:0'),
      'arn:${AWS::Partition}:bedrock:*::foundation-model/amazon.nova-lite-v1:0',
    ],
  ],
  [
    'bedrock:Retrieve',
    { knowledgeBaseId: 'K' },
    ['bedrock:Retrieve'],
    [regional('bedrock', 'knowledge-base/K')],
  ],
  [
    'scheduler:CreateSchedule',
    { GroupName: 'g', Name: 'n' },
    ['scheduler:CreateSchedule'],
    [regional('scheduler', 'schedule/g/n')],
  ],
  [
    'cloudfront:CreateInvalidation',
    { DistributionId: '${Site}' },
    ['cloudfront:CreateInvalidation'],
    ['arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Site}'],
  ],
  [
    'ecs:UpdateService',
    { cluster: 'c', service: 's' },
    ['ecs:UpdateService'],
    [regional('ecs', 'service/c/s')],
  ],
  [
    'sagemaker:InvokeEndpoint',
    { EndpointName: 'e' },
    ['sagemaker:InvokeEndpoint'],
    [regional('sagemaker', 'endpoint/e')],
  ],
  [
    'glue:BatchCreatePartition',
    { DatabaseName: 'd', TableName: 't' },
    ['glue:BatchCreatePartition'],
    [regional('glue', 'database/d'), regional('glue', 'catalog'), regional('glue', 'table/d/t')],
  ],
  ['events:PutRule', { Name: 'r' }, ['events:PutRule'], [regional('events', 'rule/r')]],
  [
    'appconfig:StartConfigurationSession',
    {
      ApplicationIdentifier: '${App}',
      EnvironmentIdentifier: 'production',
      ConfigurationProfileIdentifier: 'abcd123',
    },
    ['appconfig:StartConfigurationSession'],
    [regional('appconfig', 'application/${App}/environment/${?}/configuration/abcd123')],
  ],
  [
    'dynamodb:GetRecords',
    { StreamArn: 'arn:aws:dynamodb:s' },
    ['dynamodb:GetRecords'],
    ['arn:aws:dynamodb:s'],
  ],
])('%s %j needs %j on %j', async (name, parameters, actions, resources) => {
  expect((await need(name, parameters))?.[0]).toEqual({ actions, resources });
});

test('a call may need further actions on something else', async () => {
  expect(await need('timestream:Query', {})).toEqual([
    { actions: ['timestream:Select'], resources: undefined },
    { actions: ['timestream:DescribeEndpoints'], resources: ['*'] },
  ]);
  expect(await need('s3:PutObject', { Bucket: 'b', Key: 'k', SSEKMSKeyId: '${env:KEY}' })).toContainEqual({
    actions: ['kms:GenerateDataKey'],
    resources: [regional('kms', 'key/${env:KEY}')],
  });
  expect(await need('dynamodb:ExportTableToPointInTime', { S3Bucket: '${env:B}' })).toContainEqual({
    actions: ['s3:PutObject'],
    resources: ['arn:${AWS::Partition}:s3:::${env:B}/${?}'],
  });
  expect(await need('ec2:CreateSnapshot', { TagSpecifications: '${?}' })).toContainEqual({
    actions: ['ec2:CreateTags'],
    resources: undefined,
  });
});

test('who somebody is needs no permission', async () => {
  expect(await need('sts:GetCallerIdentity', {})).toEqual([]);
});

test('of an operation that is no action nothing is known', async () => {
  expect(await need('dynamodb:Imagine', {})).toBeUndefined();
});
