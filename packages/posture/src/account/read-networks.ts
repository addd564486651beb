import type { IpPermission } from '@aws-sdk/client-ec2';
import { membersOf } from '../graph/json.ts';
import type { AccountReader } from './account-reader.ts';

/** One rule for each range of addresses, as CloudFormation has them. */
function rulesOf({ IpProtocol, FromPort, ToPort, IpRanges, Ipv6Ranges, UserIdGroupPairs }: IpPermission) {
  const ports = { IpProtocol, FromPort, ToPort };
  return [
    ...(IpRanges ?? []).map(({ CidrIp }) => ({ ...ports, CidrIp })),
    ...(Ipv6Ranges ?? []).map(({ CidrIpv6 }) => ({ ...ports, CidrIpv6 })),
    ...(UserIdGroupPairs ?? []).map(({ GroupId }) => ({ ...ports, SourceSecurityGroupId: GroupId })),
  ];
}

/** The security groups of the networks that functions are in; to be read after these. */
export async function readNetworks(reader: AccountReader): Promise<void> {
  const networks = reader.resources.flatMap(({ type, properties }) => {
    const { VpcId } = membersOf(properties.VpcConfig);
    return type === 'AWS::Lambda::Function' && typeof VpcId === 'string' && VpcId !== '' ? [VpcId] : [];
  });
  if (networks.length === 0) return;
  // The largest client by far.
  const { DescribeSecurityGroupsCommand, EC2Client } = await import('@aws-sdk/client-ec2');
  const client = new EC2Client(reader.settings);
  const Filters = [{ Name: 'vpc-id', Values: [...new Set(networks)].slice(0, 200) }];
  const groups = await reader.list('ec2:DescribeSecurityGroups', async (NextToken) => {
    const page = await client.send(
      new DescribeSecurityGroupsCommand({ NextToken, Filters, MaxResults: 1000 }),
    );
    return { items: page.SecurityGroups, next: page.NextToken };
  });
  for (const { GroupId, GroupName, IpPermissions = [], IpPermissionsEgress = [], SecurityGroupArn } of groups)
    reader.add(
      reader.id('security-group', GroupId),
      'AWS::EC2::SecurityGroup',
      {
        GroupName,
        SecurityGroupIngress: IpPermissions.flatMap(rulesOf),
        SecurityGroupEgress: IpPermissionsEgress.flatMap(rulesOf),
      },
      { arn: SecurityGroupArn },
    );
}
