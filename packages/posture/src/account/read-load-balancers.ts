import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AccountReader } from './account-reader.ts';

/** Target groups of functions, and the load balancers before them. */
export async function readLoadBalancers(reader: AccountReader): Promise<void> {
  const client = new ElasticLoadBalancingV2Client(reader.settings);
  const groups = await reader.list('elasticloadbalancing:DescribeTargetGroups', async (Marker) => {
    const page = await client.send(new DescribeTargetGroupsCommand({ Marker }));
    return { items: page.TargetGroups, next: page.NextMarker };
  });
  const ofFunctions = groups.filter(({ TargetType }) => TargetType === 'lambda');
  if (ofFunctions.length === 0) return;
  const balancers = await reader.list('elasticloadbalancing:DescribeLoadBalancers', async (Marker) => {
    const page = await client.send(new DescribeLoadBalancersCommand({ Marker }));
    return { items: page.LoadBalancers, next: page.NextMarker };
  });
  const used = new Set(ofFunctions.flatMap(({ LoadBalancerArns = [] }) => LoadBalancerArns));
  for (const { LoadBalancerArn = '', LoadBalancerName, Scheme, Type } of balancers)
    if (used.has(LoadBalancerArn))
      reader.add(
        reader.id('load-balancer', LoadBalancerName),
        'AWS::ElasticLoadBalancingV2::LoadBalancer',
        { Name: LoadBalancerName, Scheme, Type },
        { arn: LoadBalancerArn },
      );
  await reader.each('elasticloadbalancing:DescribeTargetGroups', ofFunctions, async (group) => {
    const { TargetGroupArn, TargetGroupName, LoadBalancerArns } = group;
    const answer = await reader.ask('elasticloadbalancing:DescribeTargetHealth', () =>
      client.send(new DescribeTargetHealthCommand({ TargetGroupArn })),
    );
    const targets = answer?.TargetHealthDescriptions?.map(({ Target }) => ({ Id: Target?.Id }));
    reader.add(
      reader.id('target-group', TargetGroupName),
      'AWS::ElasticLoadBalancingV2::TargetGroup',
      { TargetType: 'lambda', LoadBalancerArns, Targets: targets },
      { arn: TargetGroupArn },
    );
  });
}
