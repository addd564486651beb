import { accessOf } from '../iam/actions.ts';
import type { Resource } from '../resource.ts';
import { holesOf } from '../template/substitution.ts';
import { type FunctionNode, type Graph, ofType } from './build-graph.ts';
import { isTrue, membersOf, textsOf } from './json.ts';
import { isInternetFacing } from './load-balancers.ts';
import { openStatements } from './open-policies.ts';
import { functionsIn, type Trigger } from './triggers.ts';

/** How a stranger's data gets to a function. */
export interface OpenWay {
  /** In words, such as `Anyone calls GET /search of Search`. */
  entry: string;
  /** The trigger at its beginning. */
  trigger: Trigger;
  /** What it goes through before the function: functions, queues and the like, by their ids. */
  through: string[];
  /** Whether callers must show a key that all clients have. */
  hasKey: boolean;
}

/** Steps from the outside that are followed. */
const LONGEST_WAY = 6;

const sourceId = ({ source }: Pick<Trigger, 'source'>) => holesOf(source ?? '')[0]?.split('.')[0] ?? '';

/** Whether the API can be called from within networks only. */
export const isPrivate = (trigger: Pick<Trigger, 'source'>, { resources }: Graph): boolean => {
  const { EndpointConfiguration: of } = resources.get(sourceId(trigger))?.properties ?? {};
  return (
    of === 'PRIVATE' || [of, membersOf(of).Type, membersOf(of).Types].flatMap(textsOf).includes('PRIVATE')
  );
};

/** Messages of a WebSocket come from those whom its first route has let in. */
const isGuardedSocket = (trigger: Trigger, { triggers }: { triggers: readonly Trigger[] }): boolean => {
  const first = triggers.find(
    ({ kind, source, path }) => kind === 'websocket' && source === trigger.source && path === '$connect',
  );
  return first !== undefined && first.auth !== 'NONE';
};

/** Ids of the buckets, topics and queues into which everyone may put something. */
function openInlets(graph: Graph): Set<string> {
  const inlet = /^(s3:(PutObject|\*)|sqs:(SendMessage|\*)|sns:(Publish|\*)|events:PutEvents|\*)$/i;
  const byPolicy = openStatements(graph)
    .filter(({ statement }) => statement.actions.some((action) => inlet.test(action)))
    .flatMap(({ on }) => on);
  const byAcl = [...graph.resources.values()]
    .filter(({ properties }) => properties.AccessControl === 'PublicReadWrite')
    .map(({ id }) => id);
  return new Set([...byPolicy, ...byAcl]);
}

/** Whether the load balancer calls the target group; of an account it is known, of a template it is taken for granted. */
const isBefore = (balancer: string, { properties: { LoadBalancerArns } }: Resource): boolean =>
  LoadBalancerArns === undefined || textsOf(LoadBalancerArns).flatMap(holesOf).includes(`${balancer}.Arn`);

/** How strangers use the trigger, in words; undefined where they can't. */
function entryOf(trigger: Trigger, graph: Graph, inlets: ReadonlySet<string>): string | undefined {
  const { kind, auth, method, path, source, resource, target } = trigger;
  const id = sourceId(trigger);
  switch (kind) {
    case 'rest-api':
    case 'http-api':
    case 'websocket':
      if ((auth !== 'NONE' && auth !== 'API_KEY') || isPrivate(trigger, graph)) return undefined;
      return `Anyone calls ${[method, path].filter((part) => part !== undefined).join(' ')} of ${target}`;
    case 'function-url':
      return auth === 'NONE' ? `Anyone calls the URL of ${target}` : undefined;
    case 'permission':
      return source === '*' &&
        !resource.properties.FunctionUrlAuthType &&
        !isTrue(resource.properties.InvokedViaFunctionUrl) &&
        !resource.properties.PrincipalOrgID
        ? `Any account invokes ${target}`
        : undefined;
    case 'elasticloadbalancingv2 targetgroup':
      return ofType(graph, 'AWS::ElasticLoadBalancingV2::LoadBalancer').some(
        (balancer) => isInternetFacing(balancer) && isBefore(balancer.id, resource),
      )
        ? `Anyone calls the load balancer before ${target}`
        : undefined;
    case 'appsync datasource': {
      const api = graph.resources.get(holesOf(String(resource.properties.ApiId))[0]?.split('.')[0] ?? '');
      return api?.properties.AuthenticationType === 'API_KEY'
        ? `Anyone asks ${api.id}, which calls ${target}`
        : undefined;
    }
    default:
      return inlets.has(id) ? `Anyone puts something into ${id}, which starts ${target}` : undefined;
  }
}

/** What a function hands data on to: the functions that it may invoke, and the resources that it may write to. */
async function nextOf({ role }: FunctionNode, { resources }: Graph): Promise<Set<string>> {
  const next = new Set<string>();
  for (const { effect, actions, resources: on } of role?.statements ?? []) {
    if (effect !== 'Allow') continue;
    const access = await Promise.all(actions.map((action) => accessOf(action)));
    if (!access.some(({ kinds }) => kinds.includes('writes'))) continue;
    for (const text of on)
      for (const id of [
        ...functionsIn(text, resources),
        ...holesOf(text).map((name) => name.split('.')[0] ?? ''),
      ])
        if (resources.has(id)) next.add(id);
  }
  return next;
}

/** The shortest ways from the outside to functions: directly, or over functions that hand on what they get. */
export async function openWays(graph: Graph): Promise<Map<string, OpenWay>> {
  const ways = new Map<string, OpenWay>();
  const inlets = openInlets(graph);
  const triggers = [...graph.functions.values()]
    .flatMap((node) => node.triggers)
    .filter(({ isDisabled }) => !isDisabled);
  const bySource = new Map<string, Trigger[]>();
  for (const trigger of triggers) {
    const id = sourceId(trigger);
    const others = bySource.get(id);
    if (others) others.push(trigger);
    else bySource.set(id, [trigger]);
  }
  for (const trigger of triggers) {
    const entry = entryOf(trigger, graph, inlets);
    if (entry === undefined || (trigger.kind === 'websocket' && isGuardedSocket(trigger, { triggers })))
      continue;
    const hasKey = trigger.auth === 'API_KEY' || trigger.kind === 'appsync datasource';
    const before = ways.get(trigger.target);
    if (!before || (before.hasKey && !hasKey))
      ways.set(trigger.target, { entry, trigger, through: [], hasKey });
  }
  for (const [id, way] of ways) {
    const node = graph.functions.get(id);
    if (!node || way.through.length >= LONGEST_WAY) continue;
    const next = await nextOf(node, graph);
    for (const to of next) {
      const targets = graph.functions.has(to)
        ? [{ target: to, through: [...way.through, id] }]
        : (bySource.get(to) ?? []).map(({ target }) => ({ target, through: [...way.through, id, to] }));
      // A map is walked with what is added meanwhile.
      for (const { target, through } of targets) if (!ways.has(target)) ways.set(target, { ...way, through });
    }
  }
  return ways;
}
