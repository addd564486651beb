import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { graphOf } from '../testing/graph-of.ts';
import { readFlows } from './read-flows.ts';

const root = mkdtempSync(join(tmpdir(), 'ringfence-flows-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test.each(['shop.jobs.convert', 'shop/jobs.convert'])(
  'the file of the handler %s is found',
  async (handler) => {
    mkdirSync(join(root, 'src/shop'), { recursive: true });
    writeFileSync(
      join(root, 'src/shop/jobs.py'),
      "import os\ndef convert(event, context):\n    os.system('convert ' + event['name'])\n",
    );
    const graph = graphOf(
      `Resources: { Job: { Type: AWS::Lambda::Function, Properties: { Runtime: python3.13, Handler: ${handler}, Code: src } } }`,
    );
    const { functions } = await readFlows(graph, root);
    expect(functions.get('Job')?.flows).toMatchObject([
      { rule: 'code/command-injection', source: 'event.name', sink: 'os.system' },
    ]);
  },
);
