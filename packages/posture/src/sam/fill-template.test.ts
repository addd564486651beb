import { expect, test } from 'vitest';
import { fillTemplate } from './fill-template.ts';
import { policyTemplates } from './policy-templates.ts';

test.each<[string, Record<string, unknown>, string[]]>([
  [
    'S3ReadPolicy',
    { BucketName: '${Bucket}' },
    ['arn:${AWS::Partition}:s3:::${Bucket}', 'arn:${AWS::Partition}:s3:::${Bucket}/*'],
  ],
  ['AWSSecretsManagerGetSecretValuePolicy', { SecretArn: '${Secret}' }, ['${Secret}']],
  [
    'SSMParameterWithSlashPrefixReadPolicy',
    { ParameterName: '/a/*' },
    ['*', 'arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/a/*'],
  ],
  [
    'Route53ChangeResourceRecordSetsPolicy',
    { HostedZoneId: 'Z1' },
    ['arn:${AWS::Partition}:route53:::hostedzone/Z1'],
  ],
  ['CloudWatchPutMetricPolicy', {}, ['*']],
  ['NoSuchPolicy', { TableName: 'a' }, []],
])('%s with %j is for %j', (name, parameters, resources) => {
  const { Statement } = fillTemplate(name, { [name]: parameters }).PolicyDocument;
  expect(Statement.flatMap(({ Resource }) => Resource)).toEqual(resources);
});

test('the parameters of conditions are filled in, too', () => {
  const policy = { EFSWriteAccessPolicy: { FileSystem: 'fs-1', AccessPoint: 'fsap-1' } };
  const [statement] = fillTemplate('EFSWriteAccessPolicy', policy).PolicyDocument.Statement;
  expect(statement?.Condition?.StringEquals['elasticfilesystem:AccessPointArn']).toMatch(
    /:access-point\/fsap-1$/,
  );
});

test('all of the templates of SAM are there', () => {
  expect(Object.keys(policyTemplates)).toHaveLength(81);
});
