import type { TypeMapping } from './type-mapping.ts';

const ingress = {
  cidr_blocks: 'CidrIp',
  ipv6_cidr_blocks: 'CidrIpv6',
  protocol: 'IpProtocol',
  security_groups: 'SourceSecurityGroupId',
};
const within = (block: string, properties: Record<string, string>) =>
  Object.fromEntries(Object.entries(properties).map(([name, target]) => [`${block}.${name}`, target]));

export const network: Readonly<Record<string, TypeMapping>> = {
  aws_vpc: { type: 'AWS::EC2::VPC' },
  aws_subnet: { type: 'AWS::EC2::Subnet' },
  aws_security_group: {
    type: 'AWS::EC2::SecurityGroup',
    properties: {
      name: 'GroupName',
      description: 'GroupDescription',
      ingress: 'SecurityGroupIngress[]',
      egress: 'SecurityGroupEgress[]',
      ...within('ingress', ingress),
      ...within('egress', ingress),
    },
    attributes: { id: '${@.GroupId}' },
  },
  aws_security_group_rule: {
    type: 'AWS::EC2::SecurityGroup{type}',
    properties: {
      ...ingress,
      type: '-',
      security_group_id: 'GroupId',
      source_security_group_id: 'SourceSecurityGroupId',
    },
  },
  aws_vpc_security_group_ingress_rule: {
    type: 'AWS::EC2::SecurityGroupIngress',
    properties: {
      security_group_id: 'GroupId',
      cidr_ipv4: 'CidrIp',
      cidr_ipv6: 'CidrIpv6',
      referenced_security_group_id: 'SourceSecurityGroupId',
    },
  },
  aws_vpc_security_group_egress_rule: {
    type: 'AWS::EC2::SecurityGroupEgress',
    properties: {
      security_group_id: 'GroupId',
      cidr_ipv4: 'CidrIp',
      cidr_ipv6: 'CidrIpv6',
      referenced_security_group_id: 'DestinationSecurityGroupId',
    },
  },
  aws_vpc_endpoint: {
    type: 'AWS::EC2::VPCEndpoint',
    properties: { policy: 'PolicyDocument{}' },
  },
  aws_internet_gateway: { type: 'AWS::EC2::InternetGateway' },
  aws_nat_gateway: { type: 'AWS::EC2::NatGateway' },
  aws_eip: { type: 'AWS::EC2::EIP', attributes: { id: '${@.AllocationId}' } },
  aws_route_table: { type: 'AWS::EC2::RouteTable' },
  aws_route: { type: 'AWS::EC2::Route' },
  aws_route_table_association: { type: 'AWS::EC2::SubnetRouteTableAssociation' },
  aws_lb: { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', attributes: { arn: '${@}' } },
  aws_lb_listener: {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    properties: { default_action: 'DefaultActions[]' },
    attributes: { arn: '${@}' },
  },
  aws_lb_listener_rule: {
    type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    properties: { action: 'Actions[]', condition: 'Conditions[]' },
  },
  aws_lb_target_group: { type: 'AWS::ElasticLoadBalancingV2::TargetGroup', attributes: { arn: '${@}' } },
  aws_lb_target_group_attachment: {
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    properties: { target_group_arn: '-', target_id: 'Id' },
    into: { by: 'target_group_arn', of: 'aws_lb_target_group', at: 'Targets[]' },
  },
};
