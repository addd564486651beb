import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { compareFindings, type Finding, type Report } from '@ringfence/findings';
import type { AccountOptions } from './account/read-account.ts';
import { allChecks } from './checks/all-checks.ts';
import { runChecks } from './checks/run-checks.ts';
import type { TemplateOptions } from './cloudformation/read-template.ts';
import { findTemplates } from './find-templates.ts';
import { readFlows } from './flows/read-flows.ts';
import { buildGraph, type Graph } from './graph/build-graph.ts';
import { exportGraph } from './graph/export-graph.ts';
import { mergeGraphs } from './graph/merge-graphs.ts';
import { ParsedCode } from './graph/parsed-code.ts';
import { type FunctionPolicy, functionPolicies } from './least/function-policies.ts';
import { needsNotes } from './least/needs-notes.ts';
import { readNeeds } from './least/read-needs.ts';
import { nameFindings } from './names/name-findings.ts';
import { PatchMaker } from './patch/patch-maker.ts';
import { UntoldError } from './posture-error.ts';
import { readInventory } from './read-inventory.ts';
import { addUses } from './use/add-uses.ts';
import type { Uses } from './use/function-use.ts';

/** What the templates of a project say, one graph each. */
export interface Posture {
  graphs: Graph[];
  /** What could not be read beside what was. */
  notes?: string[];
  /** The folder that the places in the graphs start from; empty for an account, of which no file tells. */
  root: string;
}

/** Reads a template, or those of a project's folder. Rejects with a `PostureError` for what can't be read. */
export async function readPosture(path: string, options: TemplateOptions = {}): Promise<Posture> {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const root = isFolder ? path : dirname(path);
  const graphs: Graph[] = [];
  const untold: UntoldError[] = [];
  for (const file of findTemplates(path))
    try {
      graphs.push(buildGraph(await readInventory(file, options, root)));
    } catch (error) {
      if (!(error instanceof UntoldError)) throw error;
      untold.push(error);
    }
  if (graphs.length === 0 && untold[0]) throw untold[0];
  return { root, graphs, notes: untold.map(({ message }) => message) };
}

/** Reads a live account, as `readAccount` does. */
export async function readAccountPosture(
  regions: readonly [string, ...string[]],
  options: AccountOptions = {},
): Promise<Posture & { account: string }> {
  // The clients of the SDK take as long to load as a template to be read.
  const { readAccount } = await import('./account/read-account.ts');
  const { id, ...inventory } = await readAccount(regions, options);
  return { root: '', account: id, graphs: [buildGraph(inventory)] };
}

/** What several environments have of one module is one finding. */
const eachOnce = (findings: readonly Finding[]): Finding[] => [
  ...new Map(
    findings.map((finding) => [JSON.stringify([finding.id, finding.locations[0]]), finding]),
  ).values(),
];

const kindOf = (path: string, root: string) =>
  root === '' ? 'account' : root === path ? 'project' : 'template';

/**
 * Looks for what is wrong in what was read of `path`, or of the account by its number. `uses` says what was seen of the functions while they ran
 * (`readTrail`, `useOfModel`).
 */
export async function findPosture(
  path: string,
  { graphs, root, notes = [] }: Posture,
  uses: Uses = new Map(),
): Promise<Report> {
  const time = new Date().toISOString();
  const patches = new PatchMaker(root);
  const parsed = new ParsedCode();
  const withCode: Graph[] = [];
  for (const graph of graphs) {
    const needing = addUses(await readNeeds(graph, root, parsed), uses);
    withCode.push(await readFlows(needing, root, parsed));
  }
  const found = await Promise.all(
    withCode.map((graph) => {
      const beside = withCode.filter((other) => other !== graph);
      return runChecks({ ...graph, beside }, allChecks, patches);
    }),
  );
  const exported = await Promise.all(graphs.map((graph, index) => exportGraph(graph, found[index] ?? [])));
  return {
    version: 1,
    tool: 'posture',
    target: { name: path, kind: kindOf(path, root) },
    time,
    packages: [],
    findings: eachOnce(graphs.flatMap((graph, index) => nameFindings(graph, found[index] ?? []))).sort(
      compareFindings,
    ),
    suppressed: [],
    graph: mergeGraphs(exported),
    notes: [...notes, ...withCode.flatMap((graph) => [...graph.notes, ...needsNotes(graph)])],
  };
}

/** The IAM policies that the code of the functions in the templates needs; of Terraform, `--patch` writes them. */
export async function suggestRolePolicies(
  { graphs, root }: Posture,
  uses: Uses = new Map(),
): Promise<FunctionPolicy[]> {
  const parsed = new ParsedCode();
  const policies: FunctionPolicy[] = [];
  for (const graph of graphs) {
    const own = await functionPolicies(addUses(await readNeeds(graph, root, parsed), uses));
    policies.push(...own.filter(({ id }) => !/(^|\/)aws_lambda_function\//.test(id)));
  }
  return policies;
}
