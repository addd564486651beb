import { stringify } from 'yaml';
import { accountActions, codeActions } from './actions.ts';

/** API Gateway's one action is for addresses, not for names. */
const isApi = (action: string) => action.startsWith('apigateway:');

const apis = ['/restapis', '/restapis/*', '/apis', '/apis/*'].map((path) => ({
  'Fn::Sub': `arn:\${AWS::Partition}:apigateway:*::${path}`,
}));

/** A template of CloudFormation with a role that may ask an account what `readAccount` asks, and nothing else. `code`: with a folder for it. */
export function roleTemplate({ code = false }: { code?: boolean } = {}): string {
  const actions = Object.keys(code ? { ...accountActions, ...codeActions } : accountActions);
  return stringify(
    {
      AWSTemplateFormatVersion: '2010-09-09',
      Description: `Role with which ringfence posture --account${code ? ' --code' : ''} reads an account. It may change nothing, and reads no data${code ? '' : ' and no code'}.`,
      Parameters: {
        Principal: {
          Type: 'String',
          Description: 'ARN of the role or user that may take this role.',
        },
      },
      Resources: {
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: {
            RoleName: 'ringfence-posture',
            MaxSessionDuration: 3600,
            AssumeRolePolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                { Effect: 'Allow', Principal: { AWS: { Ref: 'Principal' } }, Action: 'sts:AssumeRole' },
              ],
            },
            Policies: [
              {
                PolicyName: 'read',
                PolicyDocument: {
                  Version: '2012-10-17',
                  Statement: [
                    {
                      Effect: 'Allow',
                      Action: actions.filter((action) => !isApi(action)),
                      Resource: '*',
                    },
                    { Effect: 'Allow', Action: actions.filter(isApi), Resource: apis },
                  ],
                },
              },
            ],
          },
        },
      },
      Outputs: { RoleArn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
    },
    { lineWidth: 0 },
  );
}
