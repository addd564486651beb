import { expect, test } from 'vitest';
import { graphOf } from '../testing/graph-of.ts';
import { foreignSource } from './foreign-source.ts';

const permission = (source: string, bucket = 'code') => `
Resources:
  Api: { Type: AWS::ApiGatewayV2::Api }
  Orders: { Type: AWS::Lambda::Function, Properties: { Code: { S3Bucket: ${bucket} } } }
  May:
    Type: AWS::Lambda::Permission
    Properties: { FunctionName: !Ref Orders, Principal: apigateway.amazonaws.com, SourceArn: !Sub '${source}' }`;
const elsewhere = 'arn:aws:execute-api:eu-west-1:123456789012:a1b2/*';

test.each([
  ['of another account', permission(elsewhere), 1],
  ['that the template makes', permission('arn:aws:execute-api:eu-west-1:123456789012:${Api}/*'), 0],
  [
    'of the account that the CDK has put the code into',
    permission(elsewhere, 'cdk-hnb659fds-assets-123456789012-eu-west-1'),
    0,
  ],
  [
    'of the account whose load balancer calls it',
    `${permission(elsewhere)}
  Status:
    Type: Ringfence::Trigger
    Properties: { Function: !Ref Orders, Kind: ALB, Source: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/a/b/c' }`,
    0,
  ],
])('a source %s', async (_, template, count) => {
  expect(await foreignSource.find(graphOf(template))).toHaveLength(count);
});
