import type { Resource } from '../resource.ts';
import { holesOf } from '../template/substitution.ts';
import { type Graph, ofType } from './build-graph.ts';
import { isTrue, membersOf } from './json.ts';

const named = ({ resources }: Graph, text: unknown): Resource | undefined =>
  typeof text === 'string' ? resources.get(holesOf(text)[0]?.split('.')[0] ?? '') : undefined;

/** Whether the internet reaches the load balancer; of one from elsewhere that is not known. */
export const isInternetFacing = ({ type, properties }: Resource): boolean =>
  type === 'AWS::ElasticLoadBalancingV2::LoadBalancer' &&
  properties.Scheme !== 'internal' &&
  !isTrue(properties.Internal);

/** The target groups to which the internet gets without having to say who is there: by their ids, what forwards to them. */
export function openTargetGroups(graph: Graph): Map<string, Resource> {
  const open = new Map<string, Resource>();
  const listeners = ofType(graph, 'AWS::ElasticLoadBalancingV2::Listener');
  const rules = ofType(graph, 'AWS::ElasticLoadBalancingV2::ListenerRule');
  for (const way of [...listeners, ...rules]) {
    const { DefaultActions, Actions = DefaultActions, ListenerArn } = way.properties;
    const listener = ListenerArn === undefined ? way : named(graph, ListenerArn);
    const balancer = named(graph, listener?.properties.LoadBalancerArn);
    const asksForCertificate = membersOf(listener?.properties.MutualAuthentication).Mode === 'verify';
    const actions = JSON.stringify(Actions ?? []);
    if (!balancer || !isInternetFacing(balancer) || asksForCertificate || /"authenticate-/.test(actions))
      continue;
    for (const name of holesOf(actions)) {
      const group = graph.resources.get(name.split('.')[0] ?? '');
      if (group?.type === 'AWS::ElasticLoadBalancingV2::TargetGroup') open.set(group.id, way);
    }
  }
  return open;
}
