import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { starter, strictPolicy } from '../../../apps/cli/src/testing/starter.ts';
import { makeZip } from '../../../packages/scan/src/testing/make-zip.ts';

const advisory = {
  id: 'GHSA-1',
  modified: '2026-01-02T03:04:05Z',
  summary: 'Slow padding',
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' }],
  affected: [
    {
      package: { ecosystem: 'npm', name: 'left-pad' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.1.0' }] }],
    },
  ],
};

/** A checkout with a function in `fn` and `function.zip`, advisories about left-pad before 1.1.0, and a policy. */
export function makeProject(leftPad: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-ci-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'fn/node_modules/left-pad'), { recursive: true });
  writeFileSync(join(folder, 'fn/app.py'), starter);
  const manifest = JSON.stringify({ name: 'left-pad', version: leftPad });
  writeFileSync(join(folder, 'fn/node_modules/left-pad/package.json'), manifest);
  writeFileSync(
    join(folder, 'function.zip'),
    makeZip([
      { name: 'app.py', content: starter },
      { name: 'node_modules/left-pad/package.json', content: manifest },
    ]),
  );
  mkdirSync(join(folder, 'advisories'));
  writeFileSync(join(folder, 'advisories/1.json'), JSON.stringify(advisory));
  writeFileSync(join(folder, 'policy.yaml'), strictPolicy);
  return folder;
}
