import type { TypeMapping } from './type-mapping.ts';

const attachment = (by: string, of: string): TypeMapping => ({
  type: 'AWS::IAM::ManagedPolicy',
  into: { by, of, at: 'ManagedPolicyArns[]', value: 'policy_arn' },
});

const inline = (owner: string, type: string): TypeMapping => ({
  type,
  properties: {
    name: 'PolicyName',
    policy: 'PolicyDocument{}',
    [owner]: `${owner === 'role' ? 'Role' : owner === 'user' ? 'User' : 'Group'}Name`,
  },
});

export const iam: Readonly<Record<string, TypeMapping>> = {
  aws_iam_role: {
    type: 'AWS::IAM::Role',
    properties: {
      name: 'RoleName',
      assume_role_policy: 'AssumeRolePolicyDocument{}',
      inline_policy: 'Policies[]',
      'inline_policy.name': 'PolicyName',
      'inline_policy.policy': 'PolicyDocument{}',
    },
    attributes: { name: '${@}', unique_id: '${@.RoleId}' },
  },
  aws_iam_policy: {
    type: 'AWS::IAM::ManagedPolicy',
    properties: { name: 'ManagedPolicyName', policy: 'PolicyDocument{}' },
    attributes: { arn: '${@}' },
  },
  aws_iam_role_policy: inline('role', 'AWS::IAM::RolePolicy'),
  aws_iam_user_policy: inline('user', 'AWS::IAM::UserPolicy'),
  aws_iam_group_policy: inline('group', 'AWS::IAM::GroupPolicy'),
  aws_iam_role_policy_attachment: attachment('role', 'aws_iam_role'),
  aws_iam_user_policy_attachment: attachment('user', 'aws_iam_user'),
  aws_iam_group_policy_attachment: attachment('group', 'aws_iam_group'),
  aws_iam_policy_attachment: attachment('roles', 'aws_iam_role'),
  aws_iam_user: { type: 'AWS::IAM::User', properties: { name: 'UserName' }, attributes: { name: '${@}' } },
  aws_iam_group: { type: 'AWS::IAM::Group', properties: { name: 'GroupName' }, attributes: { name: '${@}' } },
  aws_iam_access_key: { type: 'AWS::IAM::AccessKey', properties: { user: 'UserName' } },
  aws_iam_instance_profile: { type: 'AWS::IAM::InstanceProfile', properties: { role: 'Roles[]' } },
  aws_iam_openid_connect_provider: { type: 'AWS::IAM::OIDCProvider', attributes: { arn: '${@}' } },
};
