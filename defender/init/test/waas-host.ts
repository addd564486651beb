import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { sourceOf } from '../sources.mjs';
import { buildChecked } from './console-host.ts';
import { frameEvents } from './frame-events.ts';

/** The time at which `waas-host.c` judges, in Unix seconds. */
export const NOW = 1767225600;

/** The engine of the init alone, checked by sanitizers, for each of these sections. */
export function buildWaasHost() {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-waas-'));
  const section = join(folder, 'section');
  const host = buildChecked('waas-host', [
    sourceOf('engine'),
    fileURLToPath(new URL('waas-host.c', import.meta.url)),
  ]);
  const run = (settings: Uint8Array, input: Buffer, ...flags: string[]) => {
    writeFileSync(section, settings);
    return spawnSync(host, [section, ...flags], { input, maxBuffer: 1 << 30 });
  };
  return {
    run,
    /** What it says of these events: four lines for each, as waas-host.c writes them. */
    judge(settings: Uint8Array, events: Buffer[]): Buffer {
      const { stdout, stderr, status } = run(settings, frameEvents(events));
      expect(stderr.toString()).toBe('');
      expect(status).toBe(0);
      return stdout;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
