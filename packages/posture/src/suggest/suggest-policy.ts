import { readOwnModules, ScanError } from '@ringfence/scan';
import { observeBehaviour } from '../behaviour/observe-behaviour.ts';
import { secretName } from '../checks/secret-in-environment.ts';
import type { FunctionNode, Graph } from '../graph/build-graph.ts';
import { codeKey, type FunctionCode, findCode } from '../graph/find-code.ts';
import { openCode } from '../graph/open-code.ts';
import { nameOf } from '../names/name-of.ts';
import { type Suggestion, suggestRules } from './suggest-rules.ts';

/** What a function is called in the account; CloudFormation puts the stack's name in front and letters behind where the template says nothing. */
function patternOf({ id, resource }: FunctionNode): string {
  const { FunctionName } = resource.properties;
  const text = typeof FunctionName === 'string' ? FunctionName : `*-${id.replace(/^.*\//, '')}-*`;
  return text
    .replaceAll(/\$\{(?!!)[^}]*\}/g, '*')
    .replaceAll('${!', '${')
    .replaceAll(/[^A-Za-z0-9._:/$@*?-]/g, '?')
    .slice(0, 512);
}

export interface SuggestedPolicy {
  suggestions: Suggestion[];
  /** Functions that nothing is suggested for, and why. */
  notes: string[];
}

/** Suggests rules for each function whose code lies beside its template. `root` is what the places of the templates start from. */
export async function suggestPolicy(graph: Graph, root: string): Promise<SuggestedPolicy> {
  const suggestions: Suggestion[] = [];
  const notes: string[] = [];
  // Functions that share their code have it read once.
  const byCode = new Map<string, { code: FunctionCode; nodes: FunctionNode[] }>();
  for (const node of graph.functions.values()) {
    const code = findCode(node, root);
    if (!code) {
      notes.push(`${nameOf(node.resource)}: its code is not beside the template, so no policy is suggested.`);
      continue;
    }
    const key = codeKey(code);
    byCode.set(key, { code, nodes: [...(byCode.get(key)?.nodes ?? []), node] });
  }
  for (const { code, nodes } of byCode.values()) {
    try {
      const files = await openCode(code);
      try {
        const own = await readOwnModules(files);
        for (const node of nodes) {
          const { handler } = findCode(node, root) ?? {};
          const secrets = Object.keys(node.environment).filter((name) => secretName.test(name));
          const behaviour = await observeBehaviour(files, own, handler, node.environment);
          suggestions.push(suggestRules(nameOf(node.resource), patternOf(node), behaviour, secrets));
        }
      } finally {
        await files.close();
      }
    } catch (error) {
      if (!(error instanceof ScanError)) throw error;
      notes.push(error.message);
    }
  }
  return { suggestions, notes };
}
