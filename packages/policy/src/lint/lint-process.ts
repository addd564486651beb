import { coversPath, pathsOverlap } from '../compare-globs.ts';
import { Glob } from '../glob.ts';
import type { RuntimeRule } from '../policy-schema.ts';
import { parseOutbound } from '../sections/outbound.ts';
import { ANY_FURTHER, type ProcessEntry, type ProcessSettings, toProcessEntry } from '../sections/process.ts';
import { folderContents } from './folder-contents.ts';
import { findInterpreters, findSenders } from './known-programs.ts';
import { lintEntries } from './lint-entries.ts';
import type { LintCode, RuleWarning } from './lint-warning.ts';

const WRITABLE_FOLDERS = folderContents('/tmp', '/var/tmp', '/dev/shm', '/run', '/mnt', '/proc');
const LINKED_FOLDER = /^\/(bin|sbin|lib|lib64)\//;
const EVERYTHING = /^\/\*\*(\/\*+)?$/;

/** An entry with its path for comparing, and all of it as text. */
type Entry = ProcessEntry & { text: string; glob: Glob; whole: string };

function readEntry(allowed: ProcessSettings['allow'][number]): Entry {
  const entry = toProcessEntry(allowed);
  return { ...entry, text: entry.path, glob: new Glob(entry.path), whole: JSON.stringify(entry) };
}

function coversEntry(wide: Entry, narrow: Entry): boolean {
  if (wide.whole === narrow.whole) return true;
  return !wide.arguments && !wide.parents && coversPath(wide.glob, narrow.glob);
}

/** Can whoever starts it give it any argument? */
const takesAnything = ({ arguments: patterns }: ProcessEntry) =>
  patterns === undefined || patterns.some((pattern) => pattern === '*' || pattern === ANY_FURTHER);

const reachesAnywhere = (entry: string) => {
  const outbound = parseOutbound(entry);
  return typeof outbound !== 'string' && outbound.destination.kind === 'any';
};

function lintEntry(entry: Entry, index: number, canSend: boolean): RuleWarning[] {
  const { text: pattern, glob } = entry;
  const warn = (code: LintCode, message: string, advice: string): RuleWarning => ({
    code,
    pattern,
    path: ['process', 'allow', index],
    message: `${pattern} may be started, ${message}`,
    advice,
  });
  if (EVERYTHING.test(pattern) && takesAnything(entry))
    return [warn('allow-everything', 'which is every binary.', 'Name the binaries that the function needs.')];
  const warnings: RuleWarning[] = [];
  const writable = WRITABLE_FOLDERS.filter(({ content }) => pathsOverlap(glob, content));
  if (writable.length > 0)
    warnings.push(
      warn(
        'allow-writable',
        `which reaches into ${writable.map(({ folder }) => folder).join(', ')}, where a function can write: an attacker could put a binary there and start it.`,
        'Ship the binary in the package or a layer (/var/task, /opt) and name it there.',
      ),
    );
  const interpreters = findInterpreters(glob);
  if (interpreters.length > 0 && takesAnything(entry))
    warnings.push(
      warn(
        'allow-interpreter',
        `and ${interpreters.slice(0, 3).join(', ')} can be told to do anything.`,
        'Name the script instead (its interpreter is then implied for that script only), or give the arguments that it may have.',
      ),
    );
  const senders = canSend && takesAnything(entry) ? findSenders(glob) : [];
  if (senders.length > 0)
    warnings.push(
      warn(
        'allow-sender',
        `and ${senders.slice(0, 3).join(', ')} can send any file to any host, because the network section does not hold it back.`,
        'Name the hosts in network.outbound, or give the arguments that it may have.',
      ),
    );
  if (!glob.isLiteral && LINKED_FOLDER.test(pattern))
    warnings.push(
      warn(
        'allow-linked-folder',
        'but that folder is a link to the one under /usr on most systems, and a glob is compared with the path behind links.',
        `Write /usr${pattern}.`,
      ),
    );
  return warnings;
}

export function lintProcess({ process, network }: RuntimeRule): RuleWarning[] {
  const { effect, miners, allow } = process;
  if (effect === 'disable')
    return allow.length === 0
      ? []
      : [
          {
            code: 'section-ignored',
            path: ['process', 'effect'],
            message: 'It has an allowlist, but its effect is disable, so processes are not watched.',
            advice: 'Set the effect to alert, prevent or learn, or remove the allowlist.',
          },
        ];
  const entries = allow.map(readEntry);
  const canSend =
    network === undefined || network.effect !== 'prevent' || network.outbound.some(reachesAnywhere);
  const warnings = [
    ...lintEntries(entries, ['process', 'allow'], coversEntry),
    ...entries.flatMap((entry, index) => lintEntry(entry, index, canSend)),
  ];
  if (miners === 'disable')
    warnings.push({
      code: 'miners-unwatched',
      path: ['process', 'miners'],
      message: 'A crypto-miner that comes as an allowed program, or with one, is not noticed.',
      advice: 'Set miners to alert or prevent.',
    });
  return warnings;
}
