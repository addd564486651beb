import { expect, test } from 'vitest';
import type { Resource } from '../resource.ts';
import { Arns } from './arns.ts';

const resource = (id: string, type: string, properties = {}): [string, Resource] => [
  id,
  { id, type, properties, dependsOn: [] },
];

const arns = new Arns({
  notes: [],
  resources: new Map([
    resource('Orders', 'AWS::DynamoDB::Table'),
    resource('Named', 'AWS::DynamoDB::Table', { TableName: 'shop-${Stage}-named' }),
    resource('Mails', 'AWS::SQS::Queue'),
    resource('Jobs', 'AWS::SQS::Queue', { QueueName: 'jobs' }),
    resource('Files', 'AWS::S3::Bucket'),
    resource('Other', 'AWS::S3::Bucket'),
    resource('Cluster', 'AWS::MSK::Cluster'),
    resource('Database', 'AWS::Timestream::Database'),
    resource('Series', 'AWS::Timestream::Table'),
    resource('OtherSeries', 'AWS::Timestream::Table'),
    resource('Key', 'AWS::SSM::Parameter', { Name: '/shop/key' }),
    resource('Secret', 'AWS::SecretsManager::Secret', { Name: 'shop/db' }),
  ]),
});

const series = 'arn:aws:timestream:${AWS::Region}:${AWS::AccountId}:database/${Database}/table/';
const here = 'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/';

test.each<[string, string]>([
  ['${Orders.Arn}', `${here}\${Orders}`],
  ['arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Orders}', `${here}\${Orders}`],
  [
    'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Orders.Arn}/index/x',
    `${here}\${Orders}/index/x`,
  ],
  ['${Named.Arn}', `${here}shop-\${Stage}-named`],
  ['${Orders.StreamArn}', `${here}\${Orders}/stream/\${Orders.StreamArn}`],
  ['${Mails}', 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Mails}'],
  [
    'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Jobs}',
    'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:jobs',
  ],
  [
    'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Jobs.QueueName}',
    'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:jobs',
  ],
  ['https://sqs.eu-west-1.amazonaws.com/123456789012/jobs', 'arn:aws:sqs:eu-west-1:123456789012:jobs'],
  [
    'https://sqs.${AWS::Region}.amazonaws.com/${AWS::AccountId}/jobs',
    'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:jobs',
  ],
  ['arn:aws-us-gov:s3:::${Files}/*', 'arn:aws:s3:::${Files}/*'],
  [
    'arn:aws:ssm:${AWS::Region}:${AWS::AccountId}:parameter/${Key}',
    'arn:aws:ssm:${AWS::Region}:${AWS::AccountId}:parameter/shop/key',
  ],
  ['${Cluster.Arn}', '${Cluster.Arn}'],
  ['*', '*'],
])('%s is %s', (text, full) => {
  expect(arns.full(text)).toBe(full);
});

test.each<[granted: string, needed: string, 'yes' | 'no' | 'maybe']>([
  ['*', '${Orders.Arn}', 'yes'],
  ['${Orders.Arn}', '${Orders.Arn}', 'yes'],
  ['${Orders.Arn}', '${Orders.Arn}/index/by-customer', 'no'],
  ['${Orders.Arn}*', '${Orders.Arn}/index/by-customer', 'yes'],
  ['${Orders.Arn}/index/*', '${Orders.Arn}/index/by-customer', 'yes'],
  ['${Orders.Arn}/index/*', '${Orders.Arn}', 'no'],
  ['${Orders.Arn}', '${Named.Arn}', 'maybe'],
  ['${Files.Arn}/*', '${Other.Arn}/a', 'no'],
  ['${Files.Arn}/*', '${Files.Arn}/${?}', 'yes'],
  ['${Files.Arn}/thumbnails/*', '${Files.Arn}/${?}', 'maybe'],
  ['${Files.Arn}/thumbnails/*', '${Files.Arn}/originals/${?}', 'no'],
  ['${Files.Arn}', '${Files.Arn}/a', 'no'],
  ['arn:aws:s3:::shop-*', '${Files.Arn}', 'maybe'],
  ['arn:aws:s3:::*/*', '${Files.Arn}/a', 'yes'],
  ['${Cluster.Arn}', '${Orders.Arn}', 'no'],
  ['arn:aws:s3:::${Name}/*', 'arn:aws:s3:::${Name}/a', 'yes'],
  ['arn:aws:s3:::${Name}', 'arn:aws:s3:::${Other.Name}', 'maybe'],
  ['arn:aws:s3:::a-${Stage}-in/*', 'arn:aws:s3:::a-${Stage}-out/x', 'no'],
  [
    'arn:aws:dynamodb:eu-west-1:123456789012:table/a',
    'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/a',
    'maybe',
  ],
  [
    'arn:aws:dynamodb:eu-west-1:123456789012:table/b',
    'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/a',
    'no',
  ],
  ['arn:aws:dynamodb:*:*:table/a', 'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/a', 'yes'],
  ['arn:aws:s3:::${!aws:username}', '${Files.Arn}', 'maybe'],
  ['${Select}', '${Select}', 'maybe'],
  ['${Series.Arn}', `${series}\${Series.Name}`, 'yes'],
  [`${series}\${Series.Name}`, '${Series.Arn}', 'yes'],
  ['${Series.Arn}', `${series}\${OtherSeries.Name}`, 'no'],
  ['${Series.Arn}', 'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Series.Name}', 'no'],
  ['${Secret}', 'arn:aws:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:shop/db-??????', 'yes'],
  ['arn:aws:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:shop/*', '${Secret}', 'yes'],
])('%s holds %s: %s', (granted, needed, verdict) => {
  expect(arns.holds(granted, needed)).toBe(verdict);
});
