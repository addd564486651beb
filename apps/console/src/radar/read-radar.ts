import { compareSeverity, type Finding, type PostureGraph } from '@ringfence/findings';
import { selectFindings } from '../findings/select-findings.ts';
import type { Database } from '../store/tables.ts';

/** Nodes of one answer; a browser draws no more. */
const MOST_NODES = 20_000;

type Project = {
  functionId: string;
  project: { cloud: string; account: string; region: string; name: string };
  tool: string;
  time: string;
};

/** What is wrong now with the parts of a project, by the name that the template gives them. */
async function worstBySubject(database: Database, functionId: string) {
  const rows = await selectFindings(database, { functionId, state: ['new', 'open'] })
    .select('finding')
    .execute();
  const worst = new Map<string, Pick<PostureGraph['nodes'][number], 'severity' | 'findings'>>();
  for (const { finding } of rows) {
    const { subject = '', severity }: Finding = JSON.parse(finding);
    const before = worst.get(subject);
    const isWorse = !before?.severity || compareSeverity(severity, before.severity) < 0;
    worst.set(subject, {
      severity: isWorse ? severity : before?.severity,
      findings: (before?.findings ?? 0) + 1,
    });
  }
  return worst;
}

/** A node's severity from what is still open about it by its label: fixed and suppressed findings do not colour it, and a role's count for its functions. */
function colour({ nodes, edges }: PostureGraph, worst: Awaited<ReturnType<typeof worstBySubject>>) {
  const roleOf = new Map(edges.flatMap(({ from, to, kind }) => (kind === 'assumes' ? [[from, to]] : [])));
  const labels = new Map(nodes.map(({ id, label }) => [id, label]));
  return nodes.map(({ severity: _, findings: __, ...node }) => {
    const role = labels.get(roleOf.get(node.id) ?? '');
    const about = [node.label, role].flatMap((label) => worst.get(label ?? '') ?? []);
    const severities = about.flatMap(({ severity }) => severity ?? []).sort(compareSeverity);
    return {
      ...node,
      ...(severities[0] && { severity: severities[0] }),
      findings: about.reduce((sum, { findings }) => sum + findings, 0),
    };
  });
}

/** What may reach what in the projects that posture has looked at, the newest first. Ids of nodes begin with the project's. */
export async function readRadar(database: Database, functionId?: string) {
  let query = database
    .selectFrom('reports')
    .select(['function_id', 'tool', 'cloud', 'account', 'region', 'name', 'time', 'graph'])
    .where('graph', 'is not', null)
    .orderBy('time', 'desc');
  if (functionId !== undefined) query = query.where('function_id', '=', functionId);
  const projects: Project[] = [];
  const graph: PostureGraph = { nodes: [], edges: [] };
  let left = 0;
  for (const row of await query.execute()) {
    const stored: PostureGraph = JSON.parse(row.graph ?? '{"nodes":[],"edges":[]}');
    if (graph.nodes.length + stored.nodes.length > MOST_NODES) {
      left++;
      continue;
    }
    const { function_id, tool, time, graph: _, ...project } = row;
    projects.push({ functionId: function_id, project, tool, time: time.toISOString() });
    const nodes = colour(stored, await worstBySubject(database, function_id));
    const prefix = (id: string) => `${function_id}/${id}`;
    graph.nodes.push(...nodes.map((node) => ({ ...node, id: prefix(node.id) })));
    graph.edges.push(
      ...stored.edges.map((edge) => ({ ...edge, from: prefix(edge.from), to: prefix(edge.to) })),
    );
  }
  return { projects, left, graph };
}
