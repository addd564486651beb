import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { compareFindings, type Report } from '@ringfence/findings';
import { runChecks } from './checks/run-checks.ts';
import { readTemplate, type TemplateOptions } from './cloudformation/read-template.ts';
import { findTemplates } from './find-templates.ts';
import { buildGraph } from './graph/build-graph.ts';

/** Looks at a template, or at those of a project's folder. Rejects with a `PostureError` for what can't be read. */
export async function findPosture(path: string, options: TemplateOptions = {}): Promise<Report> {
  const time = new Date().toISOString();
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const root = isFolder ? path : dirname(path);
  const read = findTemplates(path).map((file) => readTemplate(file, options, root));
  const found = await Promise.all(read.map((inventory) => runChecks(buildGraph(inventory))));
  return {
    version: 1,
    tool: 'posture',
    target: { name: path, kind: isFolder ? 'project' : 'template' },
    time,
    packages: [],
    findings: found.flat().sort(compareFindings),
    suppressed: [],
    notes: read.flatMap(({ notes }) => notes),
  };
}
