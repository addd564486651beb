import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { arch } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeSettings } from '@ringfence/policy/waas-section';
import { engineObject, headerFlags, sourceOf } from '../../../defender/init/sources.mjs';
import { frameEvents } from '../../../defender/init/test/frame-events.ts';
import { preventingSettings } from '../../../packages/waas/src/test-settings.ts';
import type { Measured } from './measured.ts';

/** Builds a program around the engine as the init has it; what is returned measures with it. `folder` must outlive it. */
export function buildNative(folder: string): (items: string[]) => Measured {
  const host = join(folder, 'waas-host');
  const section = join(folder, 'section');
  execFileSync('gcc', [
    ...['-std=c11', '-D_GNU_SOURCE', '-O2', ...headerFlags],
    fileURLToPath(new URL('../../../defender/init/test/waas-host.c', import.meta.url)),
    ...[sourceOf('engine'), engineObject(arch() === 'arm64' ? 'arm64' : 'x86_64'), '-lm', '-o', host],
  ]);
  writeFileSync(section, encodeSettings(preventingSettings()));
  return (items) => {
    const input = frameEvents(items.map((item) => Buffer.from(item)));
    const { kilobytesUsed, ...measured } = JSON.parse(
      execFileSync(host, [section, '--bench'], { input, encoding: 'utf8' }),
    );
    return { ...measured, kilobytes: kilobytesUsed };
  };
}
