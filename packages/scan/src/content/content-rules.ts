import type { Finding, Severity } from '@ringfence/findings';
import { findingId } from '@ringfence/findings/finding-id';
import type { PackageFile } from '../package-files.ts';

interface Rule {
  severity: Severity;
  title: string;
  advice: string;
}

/** All checks of what lies in the package, whatever is written in it. */
export const contentRules = {
  'content/set-user-id': {
    severity: 'medium',
    title: 'A file runs with the rights of its owner',
    advice: 'Take the bit away: chmod u-s,g-s FILE. No function needs it.',
  },
  'content/world-writable': {
    severity: 'low',
    title: 'Files may be written by everybody',
    advice: 'Take the right away before packing: chmod -R o-w FOLDER.',
  },
  'content/unreadable': {
    severity: 'low',
    title: 'Files may not be read by the user the function runs as',
    advice: 'Give the right before packing: chmod -R a+rX FOLDER.',
  },
  'content/link-outside': {
    severity: 'medium',
    title: 'A symbolic link leads out of the package',
    advice:
      'Replace the link by what it leads to, or leave it out. Where the package is unpacked, it names a file of that machine.',
  },
  'content/link-to-nothing': {
    severity: 'info',
    title: 'A symbolic link leads to nothing',
    advice: 'Leave the link out, or pack what it leads to.',
  },
  'content/foreign-binary': {
    severity: 'info',
    title: 'Native code for another system is in the package',
    advice: 'Install on, or for, the system the function runs on, and leave the other builds out.',
  },
  'content/missing-library': {
    severity: 'medium',
    title: 'Native code needs a library that is not in the package',
    advice:
      'Pack the library, or a build with it linked in. If a layer or the image brings it, ignore this with that reason.',
  },
  'content/unreferenced-binary': {
    severity: 'info',
    title: 'Native code that nothing loads',
    advice: 'Leave it out; it is only there to be misused.',
  },
  'content/too-large': {
    severity: 'high',
    title: 'The package is larger than Lambda takes',
    advice: 'Leave out what is not needed, move parts into layers that are shared, or use a container image.',
  },
  'content/large-upload': {
    severity: 'info',
    title: 'The zip is larger than Lambda takes directly',
    advice: 'Deploy it from a bucket, or leave out what is not needed.',
  },
  'content/history': {
    severity: 'medium',
    title: 'The version history is in the package',
    advice: 'Leave .git out: it holds all that was ever committed, secrets that were removed included.',
  },
  'content/settings-file': {
    severity: 'medium',
    title: 'A file that is made to hold secrets is in the package',
    advice:
      'Leave it out, and give the function its settings by environment variables or a secret store. If it held secrets, replace them.',
  },
  'content/development-package': {
    severity: 'low',
    title: 'Packages for development are in the package',
    advice: 'Install without them: npm ci --omit=dev, yarn workspaces focus --production, pip without -dev.',
  },
  'content/duplicate-package': {
    severity: 'info',
    title: 'The same version of a package is there several times',
    advice: 'Let the package manager join them: npm dedupe.',
  },
  'content/dead-weight': {
    severity: 'info',
    title: 'The package holds files that no function loads',
    advice: 'Leave them out, by the exclude patterns of the packager, or bundle the function.',
  },
} as const satisfies Record<string, Rule>;
export type ContentRule = keyof typeof contentRules;

const mostLocations = 16;

/** A finding of a rule. `about` tells it from others of the same rule; of many places the largest are named. */
export function contentFinding(
  rule: ContentRule,
  about: string,
  message: string,
  places: PackageFile[],
): Finding {
  const { severity, title, advice } = contentRules[rule];
  const named = places.toSorted((one, other) => other.size - one.size).slice(0, mostLocations);
  return {
    id: findingId(rule, about),
    kind: 'content',
    rule,
    aliases: [],
    severity,
    title,
    message,
    advice,
    locations: named.map(({ path }) => ({ path })),
    references: [],
  };
}

/** Bytes as people read them. */
export const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`;

/** `3 files` or `1 file`. */
export const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;
