import {
  type EntityType,
  GetAccountAuthorizationDetailsCommand,
  IAMClient,
  type RoleDetail,
} from '@aws-sdk/client-iam';
import type { AccountReader } from './account-reader.ts';

/** IAM gives documents as they stand in an address. */
const decode = (document: string | undefined): unknown => JSON.parse(decodeURIComponent(document ?? '{}'));

/** Roles that functions, what starts functions, and guests can have. Those of people and machines are not posture's. */
const isOfFunctions = ({ Path, AssumeRolePolicyDocument }: RoleDetail): boolean =>
  Path?.startsWith('/aws-service-role/') !== true &&
  /"(lambda|edgelambda|states|scheduler|events|apigateway|pipes|appsync|cognito-identity)\.amazonaws\.com"/.test(
    JSON.stringify(decode(AssumeRolePolicyDocument)),
  );

/** Roles of functions, and the account's own managed policies. */
export async function readRoles(reader: AccountReader): Promise<void> {
  const client = new IAMClient(reader.settings);
  const Filter: EntityType[] = ['Role', 'LocalManagedPolicy'];
  const details = await reader.list('iam:GetAccountAuthorizationDetails', async (Marker) => {
    const page = await client.send(new GetAccountAuthorizationDetailsCommand({ Filter, Marker }));
    return { items: [page], next: page.IsTruncated ? page.Marker : undefined };
  });
  for (const role of details.flatMap(({ RoleDetailList = [] }) => RoleDetailList).filter(isOfFunctions))
    reader.add(
      reader.id('role', role.RoleName),
      'AWS::IAM::Role',
      {
        RoleName: role.RoleName,
        AssumeRolePolicyDocument: decode(role.AssumeRolePolicyDocument),
        ManagedPolicyArns: role.AttachedManagedPolicies?.map(({ PolicyArn }) => PolicyArn) ?? [],
        Policies: role.RolePolicyList?.map(({ PolicyName, PolicyDocument }) => ({
          PolicyName,
          PolicyDocument: decode(PolicyDocument),
        })),
        PermissionsBoundary: role.PermissionsBoundary?.PermissionsBoundaryArn,
      },
      { arn: role.Arn },
    );
  for (const policy of details.flatMap(({ Policies = [] }) => Policies)) {
    const version = policy.PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion);
    reader.add(
      reader.id('policy', policy.PolicyName),
      'AWS::IAM::ManagedPolicy',
      { ManagedPolicyName: policy.PolicyName, PolicyDocument: decode(version?.Document) },
      { arn: policy.Arn },
    );
  }
}
