import type { Finding, GraphNode, PostureGraph } from '@ringfence/findings';
import type { StoredFinding } from '../api/findings/finding.schema.ts';
import { escapeLike } from '../common/patterns.ts';
import type { Database } from '../store/tables.ts';
import { presentFinding } from './present-finding.ts';
import { selectFindings } from './select-findings.ts';

/** Findings of one answer, the worst. */
const MOST_FINDINGS = 50;

/** What tells deployed functions apart. */
export interface Deployed {
  cloud: string;
  account: string;
  region: string;
  name: string;
}

/** What a project says that is published without an account or a region. */
const anyAccount = '000000000000';
const anyRegion = 'all';

/** Whether the function of a project's graph is the deployed one, as far as the project says where it is deployed. */
function isSame(
  project: Deployed,
  { deployed }: GraphNode,
  { cloud, account, region, name }: Deployed,
): boolean {
  const within = deployed?.region ?? project.region;
  return (
    deployed?.name === name &&
    project.cloud === cloud &&
    [account, anyAccount].includes(project.account) &&
    [region, anyRegion].includes(within)
  );
}

/** Whether a finding is about a function of the graph: it, what belongs to it, or its role. */
function aboutIn({ nodes, edges }: PostureGraph) {
  const labels = new Map(nodes.map(({ id, label }) => [id, label]));
  const roles = new Map(
    edges.flatMap(({ from, to, kind }): [string, string][] => (kind === 'assumes' ? [[from, to]] : [])),
  );
  return ({ id, label }: GraphNode, subject: string): boolean =>
    subject === label ||
    subject.startsWith(`${label}/`) ||
    (roles.has(id) && labels.get(roles.get(id) ?? '') === subject);
}

/** What is wrong now with a deployed function by the projects, or the account, that posture has looked at; the worst first. */
export async function findingsAbout(database: Database, deployed: Deployed) {
  const reports = await database
    .selectFrom('reports')
    .select(['function_id', 'tool', 'cloud', 'account', 'region', 'name', 'graph'])
    .where('graph', 'like', `%"name":${escapeLike(JSON.stringify(deployed.name))}%`)
    .execute();
  const found: { rank: number; stored: StoredFinding }[] = [];
  for (const { function_id, tool, graph: stored, ...project } of reports) {
    const graph: PostureGraph = JSON.parse(stored ?? '{"nodes":[],"edges":[]}');
    const nodes = graph.nodes.filter((node) => isSame(project, node, deployed));
    if (nodes.length === 0) continue;
    const isAbout = aboutIn(graph);
    const rows = await selectFindings(database, {
      functionId: function_id,
      state: ['new', 'open'],
      kind: ['posture'],
    })
      .selectAll()
      .where('tool', '=', tool)
      .execute();
    for (const row of rows) {
      const { subject = '' }: Finding = JSON.parse(row.finding);
      if (nodes.some((node) => isAbout(node, subject)))
        found.push({ rank: row.rank, stored: presentFinding(row) });
    }
  }
  found.sort((one, other) => one.rank - other.rank);
  return { items: found.slice(0, MOST_FINDINGS).map(({ stored }) => stored), total: found.length };
}

/** The functions with a Defender that a finding of posture is about: by its subject, or by their role. */
export async function functionsOf(
  database: Database,
  {
    functionId,
    tool,
    subject,
  }: { functionId: string; tool: 'scan' | 'posture' | 'check'; subject: string | undefined },
): Promise<(Deployed & { functionId: string })[]> {
  const report = await database
    .selectFrom('reports')
    .select(['cloud', 'account', 'region', 'name', 'graph'])
    .where('function_id', '=', functionId)
    .where('tool', '=', tool)
    .executeTakeFirst();
  if (subject === undefined || !report?.graph) return [];
  const graph: PostureGraph = JSON.parse(report.graph);
  const isAbout = aboutIn(graph);
  const nodes = graph.nodes.filter((node) => node.deployed && isAbout(node, subject));
  const names = [...new Set(nodes.flatMap(({ deployed }) => deployed?.name ?? []))];
  if (names.length === 0) return [];
  const rows = await database
    .selectFrom('functions')
    .select(['id', 'cloud', 'account', 'region', 'name'])
    .where('name', 'in', names)
    .orderBy('name')
    .execute();
  return rows
    .filter((row) => nodes.some((node) => isSame(report, node, row)))
    .map(({ id, ...own }) => ({ functionId: id, ...own }));
}
