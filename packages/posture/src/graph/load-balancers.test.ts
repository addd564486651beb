import { expect, test } from 'vitest';
import { routeWithoutAuthorizer } from '../checks/route-without-authorizer.ts';
import { graphOf } from '../testing/graph-of.ts';

const template = (scheme: string, actions: string, more = '') => `
Resources:
  Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Scheme: ${scheme} } }
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: { LoadBalancerArn: !Ref Balancer, DefaultActions: [${actions}] }
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: { TargetType: lambda, Targets: [{ Id: !GetAtt Admin.Arn }] }
  Admin: { Type: AWS::Lambda::Function, Properties: { Runtime: python3.13 } }${more}`;
const forward = '{ Type: forward, TargetGroupArn: !Ref Group }';

test.each<[string, string, string[]]>([
  [
    'from the internet',
    template('internet-facing', forward),
    ['Listener lets everyone on the internet call Admin.'],
  ],
  ['from a network', template('internal', forward), []],
  ['who has logged in', template('internet-facing', `{ Type: authenticate-oidc, Order: 1 }, ${forward}`), []],
  ['by what the listener does otherwise', template('internet-facing', '{ Type: fixed-response }'), []],
  [
    'by a rule',
    template(
      'internet-facing',
      '{ Type: fixed-response }',
      `
  Rule:
    Type: AWS::ElasticLoadBalancingV2::ListenerRule
    Properties:
      ListenerArn: !Ref Listener
      Actions: [{ Type: forward, ForwardConfig: { TargetGroups: [{ TargetGroupArn: !Ref Group }] } }]`,
    ),
    ['Rule lets everyone on the internet call Admin.'],
  ],
])('a load balancer calls a function for whoever comes %s', async (_, text, messages) => {
  const found = await routeWithoutAuthorizer.find(graphOf(text));
  expect(found.map(({ message }) => message)).toEqual(messages);
});
