import { expect, test } from 'vitest';
import { managedPolicy } from './managed-policies.ts';

test.each([
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
  'arn:aws-cn:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
  'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
])('%s', (arn) => {
  expect(managedPolicy(arn)?.Statement).toEqual([
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: '*',
    },
  ]);
});

test('variables of a policy are no holes', () => {
  const text = JSON.stringify(managedPolicy('arn:aws:iam::aws:policy/IAMUserChangePassword'));
  expect(text).toContain('${!aws:username}');
});

test.each([
  'arn:aws:iam::aws:policy/NoSuchPolicy',
  'arn:aws:iam::123456789012:policy/AdministratorAccess',
  '${Policy}',
])('%s is none of AWS', (arn) => {
  expect(managedPolicy(arn)).toBeUndefined();
});
