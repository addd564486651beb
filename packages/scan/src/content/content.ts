import { stat } from 'node:fs/promises';
import type { Finder } from '../finder.ts';
import { checkDeadWeight } from './check-dead-weight.ts';
import { checkLinks } from './check-links.ts';
import { checkModes } from './check-modes.ts';
import { checkForeign, checkLibraries, listNative } from './check-native.ts';
import { checkPackages } from './check-packages.ts';
import { checkSize } from './check-size.ts';
import { checkStrays } from './check-strays.ts';
import { checkUnloaded } from './check-unloaded.ts';
import { groupBy } from './group-by.ts';

/** Of one rule, so that the report stays one that people read. */
const mostFindings = 50;

/** What should not lie in a package, or not in that way: by names, modes, sizes and the heads of binaries. */
export const content: Finder = {
  step: 'looking at files and modes',
  async find({ files: opened, packages }) {
    const files = [...opened.files.values()];
    const natives = await listNative(files);
    const packed = opened.kind === 'zip' ? (await stat(opened.name)).size : undefined;
    const findings = [
      ...checkModes(files),
      ...(await checkLinks(files)),
      ...checkForeign(natives),
      ...checkLibraries(natives, files),
      ...(await checkUnloaded(natives, opened.files)),
      ...checkSize(files, packed),
      ...(await checkStrays(files)),
      ...checkPackages(opened.files, packages),
      ...checkDeadWeight(files),
    ];
    const notes: string[] = [];
    const kept = [...groupBy(findings, ({ rule }) => rule)].flatMap(([rule, list]) => {
      if (list.length > mostFindings)
        notes.push(`${rule}: ${mostFindings} of ${list.length} findings are in the report.`);
      return list.slice(0, mostFindings);
    });
    return { findings: kept, notes };
  },
};
