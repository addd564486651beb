import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildStamped, runTool } from './build-stamp.mjs';

/** Builds the project in `folder/<source>` into `folder/build/<name>`, with nothing left beside its sources. */
export function buildDotnet(folder, source, name) {
  buildStamped(folder, {
    inputs: [source],
    versionCommand: ['dotnet', '--version'],
    hint: "Install the .NET SDK 8 or later from Microsoft's packages (Debian has none).",
    build(output) {
      const scratch = mkdtempSync(join(tmpdir(), 'ringfence-dotnet-'));
      const intermediate = `-p:BaseIntermediateOutputPath=${scratch}/obj/`;
      const project = join(folder, source);
      const target = join(output, name);
      const quiet = ['--nologo', '--verbosity', 'quiet', `-p:BaseOutputPath=${scratch}/bin/`];
      runTool('dotnet', ['build', project, '-c', 'Release', '-o', target, intermediate, ...quiet], {
        env: {
          ...process.env,
          DOTNET_CLI_TELEMETRY_OPTOUT: '1',
          DOTNET_NOLOGO: '1',
          MSBUILDDISABLENODEREUSE: '1',
        },
      });
      rmSync(scratch, { recursive: true });
    },
  });
}
