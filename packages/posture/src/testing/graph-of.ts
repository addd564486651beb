import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTemplate } from '../cloudformation/read-template.ts';
import { buildGraph, type Graph } from '../graph/build-graph.ts';

/** The graph of a template, which the places in it call template.yaml. */
export function graphOf(template: string): Graph {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-posture-'));
  try {
    const path = join(folder, 'template.yaml');
    writeFileSync(path, template);
    return buildGraph(readTemplate(path));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
