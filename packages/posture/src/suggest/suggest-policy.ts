import { openPackage, ScanError } from '@ringfence/scan';
import { observeBehaviour } from '../behaviour/observe-behaviour.ts';
import { secretName } from '../checks/secret-in-environment.ts';
import type { FunctionNode, Graph } from '../graph/build-graph.ts';
import { findCode } from '../graph/find-code.ts';
import { type Suggestion, suggestRules } from './suggest-rules.ts';

/** What a function is called in the account; CloudFormation puts the stack's name in front and letters behind where the template says nothing. */
function nameOf({ id, resource }: FunctionNode): string {
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
  for (const node of graph.functions.values()) {
    const code = findCode(node, root);
    if (code === undefined) {
      notes.push(`${node.id}: its code is not beside the template, so no policy is suggested.`);
      continue;
    }
    try {
      const files = await openPackage(code.path);
      try {
        const secrets = Object.keys(node.environment).filter((name) => secretName.test(name));
        const behaviour = await observeBehaviour(files, code.handler, node.environment);
        suggestions.push(suggestRules(node.id, nameOf(node), behaviour, secrets));
      } finally {
        await files.close();
      }
    } catch (error) {
      if (!(error instanceof ScanError)) throw error;
      notes.push(`${node.id}: ${error.message}`);
    }
  }
  return { suggestions, notes };
}
