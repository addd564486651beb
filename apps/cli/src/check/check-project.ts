import { compareFindings, type Report } from '@ringfence/findings';
import {
  findPosture,
  formatSuggestions,
  type Posture,
  type SuggestedPolicy,
  suggestPolicy,
} from '@ringfence/posture';
import { scanPackage } from '../scan/scan-package.ts';

/** Rules for all functions of a project, as those of one policy. */
async function suggestRules({ graphs, root }: Posture): Promise<SuggestedPolicy> {
  const suggested = await Promise.all(graphs.map((graph) => suggestPolicy(graph, root)));
  return {
    suggestions: suggested.flatMap(({ suggestions }) => suggestions),
    notes: suggested.flatMap(({ notes }) => notes),
  };
}

/** What scan and posture find in a project, and the policy that its functions should have. Without `databasePath` vulnerabilities are not looked for. */
export async function checkProject(
  path: string,
  posture: Posture,
  databasePath: string | undefined,
): Promise<Report> {
  const scanned = await scanPackage(path, databasePath);
  const found = await findPosture(path, posture);
  const { suggestions, notes } = await suggestRules(posture);
  return {
    ...scanned,
    tool: 'check',
    target: found.target,
    ...(found.graph && { graph: found.graph }),
    // What a project's folder holds beside its functions is not shipped with them.
    findings: [...scanned.findings.filter(({ kind }) => kind !== 'content'), ...found.findings].sort(
      compareFindings,
    ),
    notes: [...new Set([...scanned.notes, ...found.notes, ...notes])],
    ...(suggestions.length > 0 && { policy: formatSuggestions(suggestions) }),
  };
}
