import { type Graph, ofType } from '../graph/build-graph.ts';
import { listOf, type Members, membersOf, textsOf } from '../graph/json.ts';
import type { Resource } from '../resource.ts';
import { placeOf } from '../template/place.ts';
import { defineCheck } from './check.ts';

const group = (from: string) => `
Resources:
  Database:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: database
      SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 5432, ToPort: 5432, CidrIp: ${from} }]`;

/** Ports of web servers, which are there to be called. */
const web = new Set([80, 443]);

const isOpen = ({ CidrIp, CidrIpv6, FromPort, ToPort, IpProtocol }: Members) =>
  (textsOf(CidrIp).includes('0.0.0.0/0') || textsOf(CidrIpv6).includes('::/0')) &&
  !/^(icmp|icmpv6|1|58)$/.test(String(IpProtocol)) &&
  !(FromPort === ToPort && web.has(Number(FromPort)));

const rulesOf = (graph: Graph): [Resource, Members][] => [
  ...ofType(graph, 'AWS::EC2::SecurityGroup').flatMap((resource) =>
    listOf(resource.properties.SecurityGroupIngress).map((rule): [Resource, Members] => [
      resource,
      membersOf(rule),
    ]),
  ),
  ...ofType(graph, 'AWS::EC2::SecurityGroupIngress').map((resource): [Resource, Members] => [
    resource,
    resource.properties,
  ]),
];

const portsOf = ({ FromPort, ToPort, IpProtocol }: Members) =>
  String(IpProtocol) === '-1' || FromPort === undefined
    ? 'every port'
    : FromPort === ToPort
      ? `port ${String(FromPort)}`
      : `ports ${String(FromPort)} to ${String(ToPort)}`;

export const openSecurityGroup = defineCheck({
  id: 'open-security-group',
  title: 'The internet may connect to what is in the network',
  severity: 'medium',
  why: 'Databases and caches behind functions are guarded by the network; a rule for everyone takes the guard away.',
  advice: "Name the functions' security group (SourceSecurityGroupId) in place of 0.0.0.0/0.",
  inTerraform: "Name the functions' security group (source_security_group_id) in place of 0.0.0.0/0.",
  references: ['CWE-284', 'OWASP SAS-3', 'AWS Security Hub EC2.18', 'AWS Security Hub EC2.19'],
  find: (graph) =>
    rulesOf(graph)
      .filter(([, rule]) => isOpen(rule))
      .map(([resource, rule]) => ({
        subject: resource.id,
        key: portsOf(rule),
        message: `${resource.id} lets everyone connect to ${portsOf(rule)}.`,
        place: placeOf(rule) ?? resource.place,
      })),
  passing: group('10.0.0.0/16'),
  failing: group('0.0.0.0/0'),
});
