import type { Module, Place } from '@ringfence/code';
import type { Location } from '@ringfence/findings';
import { followEvents, ScanError } from '@ringfence/scan';
import type { FunctionNode, Graph } from '../graph/build-graph.ts';
import { type FunctionCode, findCode, placeInProject, stemOf } from '../graph/find-code.ts';
import { openCode } from '../graph/open-code.ts';
import { ParsedCode } from '../graph/parsed-code.ts';
import { placeIn } from '../resource.ts';
import type { CodeFlow } from './code-flow.ts';

/** Code that cannot be opened is told by what reads all of it. */
async function readModules(code: FunctionCode, parsed: ParsedCode): Promise<Module[]> {
  try {
    const files = await openCode(code);
    try {
      return (await parsed.of(code, files)).modules;
    } finally {
      await files.close();
    }
  } catch (error) {
    if (error instanceof ScanError) return [];
    throw error;
  }
}

/** Where a line of inline code is: in the template, with the line told apart, since how a text is written there moves its lines. */
function locateInline({ resource }: FunctionNode, { line }: Place): Location[] {
  const place = placeIn(resource, 'Code', 'ZipFile');
  return place
    ? [{ path: place.file, line: place.line, column: place.column, note: `line ${line} of the inline code` }]
    : [];
}

/** Python's handlers name their file as a module: `shop.orders.handler`. */
const plain = (stem: string) => stem.replaceAll('.', '/');

function follow(
  modules: Module[],
  handler: string | undefined,
  locate: (place: Place) => Location[],
): CodeFlow[] {
  // Without its file all handlers in the folder would be taken for this one.
  const file = plain(stemOf(handler ?? ''));
  if (handler === undefined || !modules.some(({ path }) => plain(stemOf(path)) === file)) return [];
  return followEvents(modules, [handler]).flows.map(({ rule, source, sink, places }) => ({
    rule,
    source,
    sink,
    locations: places.flatMap(locate),
  }));
}

/** The graph, in which each function knows what harm event data does in its code. `root` is what the places of the templates start from. */
export async function readFlows(graph: Graph, root: string, parsed = new ParsedCode()): Promise<Graph> {
  async function flowsOf(node: FunctionNode): Promise<CodeFlow[]> {
    const code = findCode(node, root);
    if (!code) return [];
    const modules = await readModules(code, parsed);
    return follow(modules, code.handler, (place) =>
      code.text === undefined
        ? [{ path: placeInProject(code, place.path), line: place.line, column: place.column }]
        : locateInline(node, place),
    );
  }
  const nodes: [string, FunctionNode][] = [];
  for (const node of graph.functions.values()) nodes.push([node.id, { ...node, flows: await flowsOf(node) }]);
  return { ...graph, functions: new Map(nodes) };
}
