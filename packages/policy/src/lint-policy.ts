import { matchGlob, matchPath } from './match-glob.ts';
import { DIMENSIONS } from './match-policy.ts';
import { ALL_COLLECTION, type Collection, type Policy, type RuntimeRule } from './policy-schema.ts';
import { toProcessEntry } from './sections/process.ts';

export type LintCode =
  | 'nothing-guarded'
  | 'functions-left-out'
  | 'rule-never-reached'
  | 'collection-unused'
  | 'allow-ignored'
  | 'allow-twice'
  | 'allow-everything'
  | 'allow-writable'
  | 'allow-interpreter'
  | 'allow-linked-folder';

/** A policy that is valid, but perhaps not what was meant: what, and what to do about it. */
export type LintWarning = {
  code: LintCode;
  rule?: string;
  collection?: string;
  pattern?: string;
  message: string;
  advice: string;
};

const encoder = new TextEncoder();

/** Does everything that `narrow` matches also match `wide`? May say no when it does, never yes when it doesn't. */
function coversPattern(wide: string, narrow: string): boolean {
  // A * of the narrow pattern stands for more than one character, so a ? of the wide one cannot stand for it.
  if (wide !== narrow && wide.includes('?') && narrow.includes('*')) return false;
  return matchGlob(encoder.encode(wide), encoder.encode(narrow));
}

function coversCollection(wide: Collection, narrow: Collection): boolean {
  return DIMENSIONS.every(({ list }) =>
    narrow[list].every((pattern) => wide[list].some((other) => coversPattern(other, pattern))),
  );
}

const EVERYTHING: Collection = {
  name: ALL_COLLECTION,
  functions: ['*'],
  regions: ['*'],
  accounts: ['*'],
  runtimes: ['*'],
};

function lintReach(policy: Policy): LintWarning[] {
  const warnings: LintWarning[] = [];
  const byName = new Map(
    [EVERYTHING, ...policy.collections].map((collection) => [collection.name, collection]),
  );
  const earlier: { rule: string; collection: Collection }[] = [];
  for (const rule of policy.runtime.rules) {
    const own = rule.collections.flatMap((name) => byName.get(name) ?? []);
    const coveredBy = own.map((collection) =>
      earlier.find((entry) => coversCollection(entry.collection, collection)),
    );
    if (coveredBy.every((entry) => entry !== undefined)) {
      const rules = [...new Set(coveredBy.map((entry) => `"${entry?.rule}"`))].join(', ');
      warnings.push({
        code: 'rule-never-reached',
        rule: rule.name,
        message: `Rule "${rule.name}" is never reached: every function that it applies to is decided earlier, by ${rules}.`,
        advice: 'Move it up, or remove it.',
      });
    }
    for (const collection of own)
      if (!earlier.some((entry) => entry.collection === collection))
        earlier.push({ rule: rule.name, collection });
  }
  if (earlier.length === 0)
    warnings.push({
      code: 'nothing-guarded',
      message: 'The policy has no rule, so no function is guarded.',
      advice: 'Add a rule; a rule with nothing but a name guards all functions.',
    });
  else if (!earlier.some(({ collection }) => coversCollection(collection, EVERYTHING)))
    warnings.push({
      code: 'functions-left-out',
      message: 'No rule applies to all functions: one that is in none of the collections is not guarded.',
      advice: 'Add a last rule without collections, which applies to all functions.',
    });
  return warnings;
}

function lintCollections(policy: Policy): LintWarning[] {
  const used = new Set(policy.runtime.rules.flatMap((rule) => rule.collections));
  return policy.collections
    .filter(({ name }) => !used.has(name))
    .map(({ name }) => ({
      code: 'collection-unused',
      collection: name,
      message: `Collection "${name}" is not used by any rule.`,
      advice: 'Name it in a rule, or remove it.',
    }));
}

const WRITABLE_FOLDERS = ['/tmp', '/var/tmp', '/dev/shm', '/run', '/mnt', '/proc'];
const LINKED_FOLDER = /^\/(bin|sbin|lib|lib64)\//;
const INTERPRETER =
  /^(sh|bash|dash|ash|zsh|ksh|csh|tcsh|fish|busybox|env|xargs|find|awk|gawk|mawk|node|nodejs|deno|bun|java|jshell|dotnet|pwsh|lua[0-9.]*|tclsh[0-9.]*|python[0-9.]*|perl[0-9.]*|ruby[0-9.]*|php[0-9.]*|gdb|strace|sudo|su|setsid|nohup|timeout|nice|vi|vim|ld-linux.*|ld-musl.*)$/;
const PROGRAM_FOLDERS = ['/usr/bin', '/usr/local/bin', '/bin', '/var/lang/bin'];
const WELL_KNOWN = ['sh', 'bash', 'busybox', 'env', 'python3', 'perl', 'node', 'awk'];

/** Can the pattern match anything inside this folder? */
function reachesInto(pattern: string, folder: string): boolean {
  const wanted = folder.slice(1).split('/');
  const parts = pattern.slice(1).split('/');
  for (const [index, name] of wanted.entries()) {
    const part = parts[index];
    if (part === undefined) return false;
    const deep = part.indexOf('**');
    // Once ** begins, it can stand for the rest of the folder's path.
    if (deep >= 0) return matchPath(`/${part.slice(0, deep)}**`, `/${wanted.slice(index).join('/')}`);
    if (!matchPath(`/${part}`, `/${name}`)) return false;
  }
  return parts.length > wanted.length;
}

function findInterpreters(pattern: string): string[] {
  if (!/[*?]/.test(pattern))
    return INTERPRETER.test(pattern.slice(pattern.lastIndexOf('/') + 1)) ? [pattern] : [];
  const paths = PROGRAM_FOLDERS.flatMap((folder) => WELL_KNOWN.map((name) => `${folder}/${name}`));
  return paths.filter((path) => matchPath(pattern, path));
}

function lintPattern(rule: string, pattern: string): LintWarning[] {
  const warn = (code: LintCode, message: string, advice: string): LintWarning => ({
    code,
    rule,
    pattern,
    message,
    advice,
  });
  const where = `Rule "${rule}" allows ${pattern}`;
  if (/^\/\*\*(\/\*+)?$/.test(pattern))
    return [
      warn(
        'allow-everything',
        `${where}, which is every binary.`,
        'Name the binaries that the function needs.',
      ),
    ];
  const warnings: LintWarning[] = [];
  const writable = WRITABLE_FOLDERS.filter((folder) => reachesInto(pattern, folder));
  if (writable.length > 0)
    warnings.push(
      warn(
        'allow-writable',
        `${where}, which reaches into ${writable.join(', ')}, where a function can write: an attacker could put a binary there and start it.`,
        'Ship the binary in the package or a layer (/var/task, /opt) and name it there.',
      ),
    );
  const interpreters = findInterpreters(pattern);
  if (interpreters.length > 0)
    warnings.push(
      warn(
        'allow-interpreter',
        `${where}, and ${interpreters.slice(0, 3).join(', ')} can be told to do anything.`,
        'Name the script instead: its interpreter is then implied for that script only.',
      ),
    );
  if (/[*?]/.test(pattern) && LINKED_FOLDER.test(pattern))
    warnings.push(
      warn(
        'allow-linked-folder',
        `${where}, but that folder is a link to the one under /usr on most systems, and a glob is compared with the path behind links.`,
        `Write /usr${pattern}.`,
      ),
    );
  return warnings;
}

function lintAllow({ name, process }: RuntimeRule): LintWarning[] {
  if (process.effect === 'disable')
    return process.allow.length === 0
      ? []
      : [
          {
            code: 'allow-ignored',
            rule: name,
            message: `Rule "${name}" has an allowlist, but its effect is disable, so processes are not watched.`,
            advice: 'Set the effect to alert or prevent, or remove the allowlist.',
          },
        ];
  const paths = process.allow.map((entry) => toProcessEntry(entry).path);
  return paths.flatMap((pattern, index) => {
    const other = paths.find(
      (candidate, position) =>
        (candidate === pattern && position < index) ||
        (candidate !== pattern && !/[*?]/.test(pattern) && matchPath(candidate, pattern)),
    );
    const twice: LintWarning[] = other
      ? [
          {
            code: 'allow-twice',
            rule: name,
            pattern,
            message: `Rule "${name}" allows ${pattern} although ${other} already does.`,
            advice: 'Remove one of the two.',
          },
        ]
      : [];
    return [...twice, ...lintPattern(name, pattern)];
  });
}

/** Warnings about a valid policy, each with what to do about it. */
export function lintPolicy(policy: Policy): LintWarning[] {
  return [...lintReach(policy), ...lintCollections(policy), ...policy.runtime.rules.flatMap(lintAllow)];
}
