import {
  compareSeverity,
  type Finding,
  type GraphEdge,
  type GraphNode,
  type PostureGraph,
} from '@ringfence/findings';
import { accessOf } from '../iam/actions.ts';
import { nameOf, REGION_KEY } from '../names/name-of.ts';
import type { Resource } from '../resource.ts';
import { holesOf, known } from '../template/substitution.ts';
import { attackSurfaces } from './attack-surface.ts';
import type { FunctionNode, Graph } from './build-graph.ts';
import { membersOf, textsOf } from './json.ts';
import { functionsIn, type Trigger } from './triggers.ts';

/** Collects nodes and edges, each once. */
class GraphWriter {
  readonly nodes = new Map<string, GraphNode>();
  readonly edges = new Map<string, GraphEdge>();

  node(
    id: string,
    kind: GraphNode['kind'],
    type: string,
    label = id,
    deployed?: GraphNode['deployed'],
  ): string {
    const named = { label: label.slice(0, 1000), ...(deployed && { deployed }) };
    if (!this.nodes.has(id)) this.nodes.set(id, { id, kind, type, ...named, findings: 0 });
    return id;
  }

  edge({ label, ...edge }: GraphEdge): void {
    const key = `${edge.from}\0${edge.to}\0${edge.kind}`;
    const before = this.edges.get(key);
    const labels = new Set([...(before?.label?.split(', ') ?? []), ...(label ? [label] : [])]);
    const isOpen = before?.isOpen || edge.isOpen;
    this.edges.set(key, {
      ...edge,
      ...(labels.size > 0 && { label: [...labels].join(', ').slice(0, 1000) }),
      ...(isOpen && { isOpen }),
    });
  }
}

const sourceTypes =
  /^AWS::(ApiGateway|ApiGatewayV2|Serverless::(Http)?Api|Events::Rule|Scheduler|CloudFront|AppSync|ElasticLoadBalancing)/;

function addResource(writer: GraphWriter, resource: Resource): string {
  const { id, type } = resource;
  return writer.node(id, sourceTypes.test(type) ? 'source' : 'service', type, nameOf(resource));
}

/** The node that a trigger comes from: a resource of the template, or one that stands for what is outside. */
function sourceOf(writer: GraphWriter, trigger: Trigger, { resources }: Graph): string {
  const { kind, source, target } = trigger;
  const [hole = ''] = holesOf(source ?? '');
  const resource = resources.get(hole.split('.')[0] ?? '');
  if (resource) return addResource(writer, resource);
  if (kind === 'function-url')
    return writer.node(
      `${target}/url`,
      'source',
      'AWS::Lambda::Url',
      `URL of ${nameOf(resources.get(target) ?? { id: target })}`,
    );
  if (source !== undefined) return writer.node(source, 'source', kind, known(source) ?? source);
  return writer.node(`${target}/${kind}`, 'source', kind, kind);
}

/** What AWS calls the function, where the template does not leave it to AWS, or the account has told it. */
function deployedAs({ properties, metadata }: Resource): GraphNode['deployed'] {
  const name = typeof properties.FunctionName === 'string' ? known(properties.FunctionName) : undefined;
  const region = membersOf(metadata)[REGION_KEY];
  return name === undefined ? undefined : { name, ...(typeof region === 'string' && { region }) };
}

const isCallable = /^(rest-api|http-api|websocket|function-url)$/;

function addTriggers(writer: GraphWriter, graph: Graph, { id, triggers }: FunctionNode): void {
  for (const trigger of triggers) {
    const { kind, method, path, auth, source } = trigger;
    const isAnyone = source === '*' && kind === 'permission';
    const route = [method, path].filter((part) => part !== undefined).join(' ');
    const from = sourceOf(writer, trigger, graph);
    const authorizer = graph.resources.get(holesOf(auth ?? '')[0]?.split('.')[0] ?? '');
    if (authorizer) {
      writer.edge({
        from: writer.node(authorizer.id, 'authorizer', authorizer.type, nameOf(authorizer)),
        to: from,
        kind: 'authorizes',
      });
    }
    writer.edge({
      from,
      to: id,
      kind: 'starts',
      ...(route !== '' && { label: route }),
      ...((isAnyone || (isCallable.test(kind) && auth === 'NONE')) && { isOpen: true }),
    });
  }
}

/** What a role's statements reach: resources of the template by name, all others by their service. */
async function addAccess(
  writer: GraphWriter,
  { resources }: Graph,
  { id, role }: FunctionNode,
): Promise<void> {
  for (const { effect, actions, exceptActions, resources: on } of role?.statements ?? []) {
    if (effect !== 'Allow') continue;
    for (const action of exceptActions ? ['*'] : actions) {
      const { service, kinds } = await accessOf(known(action) ?? action);
      if (/^(logs|xray|cloudwatch|ec2)$/.test(service)) continue;
      for (const text of on) {
        const invoked = service === 'lambda' ? functionsIn(text, resources) : [];
        for (const other of invoked)
          if (other !== id) writer.edge({ from: id, to: other, kind: 'invokes', label: action });
        if (invoked.length > 0) continue;
        const named = holesOf(text).flatMap((hole) => resources.get(hole.split('.')[0] ?? '') ?? []);
        const [target] = named.filter(({ type }) => !type.startsWith('AWS::IAM::'));
        const to = target
          ? addResource(writer, target)
          : writer.node(
              `service:${service}`,
              'service',
              service,
              service === '*' ? 'everything' : `any ${service}`,
            );
        for (const kind of kinds) writer.edge({ from: id, to, kind, label: action });
      }
    }
  }
}

function addNetwork(writer: GraphWriter, { resource, id }: FunctionNode): void {
  const { SubnetIds, SecurityGroupIds } = membersOf(resource.properties.VpcConfig);
  for (const text of [...textsOf(SubnetIds), ...textsOf(SecurityGroupIds)]) {
    const name = holesOf(text)[0]?.split('.')[0] ?? text;
    const type = text.includes('ubnet') ? 'AWS::EC2::Subnet' : 'AWS::EC2::SecurityGroup';
    writer.edge({ from: id, to: writer.node(name, 'network', type), kind: 'within' });
  }
}

function addFindings(writer: GraphWriter, graph: Graph, findings: Finding[]): void {
  const functionsOfRole = (role: string) =>
    [...graph.functions.values()].filter((node) => node.role?.resource.id === role).map(({ id }) => id);
  for (const { subject = '', severity } of findings)
    for (const id of [subject, ...functionsOfRole(subject)]) {
      const node = writer.nodes.get(id);
      if (!node) continue;
      node.findings++;
      if (node.severity === undefined || compareSeverity(severity, node.severity) < 0)
        node.severity = severity;
    }
}

/** The graph as others read it, with what was found about its nodes; what is wrong with a role counts for its functions, too. */
export async function exportGraph(graph: Graph, findings: Finding[]): Promise<PostureGraph> {
  const writer = new GraphWriter();
  for (const node of graph.functions.values()) {
    const { id, role, resource } = node;
    writer.node(id, 'function', resource.type, nameOf(resource), deployedAs(resource));
    addTriggers(writer, graph, node);
    if (role) {
      writer.edge({
        from: id,
        to: writer.node(role.resource.id, 'role', role.resource.type, nameOf(role.resource)),
        kind: 'assumes',
      });
    }
    await addAccess(writer, graph, node);
    addNetwork(writer, node);
  }
  addFindings(writer, graph, findings);
  for (const [id, score] of await attackSurfaces(graph, findings)) {
    const node = writer.nodes.get(id);
    if (node) node.score = score;
  }
  return { nodes: [...writer.nodes.values()], edges: [...writer.edges.values()] };
}
