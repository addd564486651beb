import { extname } from 'node:path';
import type { Report } from '@ringfence/findings';
import { graphFormats } from '@ringfence/posture';
import { CliError } from '../common/cli-error.ts';
import { writeAtOnce } from '../common/write-at-once.ts';

export const graphFlags = {
  graph: {
    type: 'string' as const,
    description: 'Also write what may reach what to a file: .json, .dot (Graphviz) or .mmd (Mermaid).',
    valueHint: 'FILE',
  },
};

/** Throws a usage error for a file whose format is not known, before anything is looked at. */
export function planGraph(path: string | undefined): ((report: Report) => Promise<void>) | undefined {
  if (path === undefined) return undefined;
  const render = graphFormats[extname(path)];
  if (!render)
    throw new CliError(
      'usage',
      `--graph ${path} must end in ${Object.keys(graphFormats).join(', ')}, which says its format.`,
    );
  return async ({ graph }) => {
    if (graph) await writeAtOnce(path, `${render(graph)}\n`);
  };
}
