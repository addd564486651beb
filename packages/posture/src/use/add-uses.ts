import type { FunctionNode, Graph } from '../graph/build-graph.ts';
import type { FunctionNeed } from '../least/function-needs.ts';
import { fill } from '../template/substitution.ts';
import type { FunctionUse, Uses } from './function-use.ts';

const quote = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/**
 * The names that the function may have where it runs; undefined where nothing of them is known. Without one of its own, CloudFormation makes it
 * STACK-ID-RANDOM.
 */
function namesOf({ id, resource }: FunctionNode): RegExp | undefined {
  const { FunctionName: given } = resource.properties;
  if (typeof given !== 'string') return new RegExp(`^.+-${quote(id)}-[A-Za-z0-9]{8,16}$`);
  const fixed = fill(given, () => '\n').split('\n');
  return fixed.some(Boolean) ? new RegExp(`^${fixed.map(quote).join('.+')}$`) : undefined;
}

const seenNeed = (action: string, { source }: FunctionUse): FunctionNeed => ({
  action,
  resource: undefined,
  why: `seen in ${source}`,
  certainty: 'used',
});

/** The graph with what was seen of its functions: what they used counts as needed. */
export function addUses(graph: Graph, uses: Uses): Graph {
  const named = [...uses];
  const functions = new Map<string, FunctionNode>();
  for (const node of graph.functions.values()) {
    const names = namesOf(node);
    const own = named.flatMap(([name, of]) => (names?.test(name) ? of : []));
    const { needs } = node;
    if (!needs || own.length === 0) {
      functions.set(node.id, node);
      continue;
    }
    const known = new Set(needs.needs.map(({ action }) => action));
    const seen = own.flatMap((use) =>
      [...use.actions].filter((action) => !known.has(action)).map((action) => seenNeed(action, use)),
    );
    functions.set(node.id, { ...node, needs: { ...needs, needs: [...needs.needs, ...seen], uses: own } });
  }
  return { ...graph, functions };
}
