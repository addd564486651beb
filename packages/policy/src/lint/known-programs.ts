import { matchPath } from '../match-glob.ts';
import { isGlob } from '../sections/text-problem.ts';

const INTERPRETER =
  /^(sh|bash|dash|ash|zsh|ksh|csh|tcsh|fish|busybox|env|xargs|find|awk|gawk|mawk|node|nodejs|deno|bun|java|jshell|dotnet|pwsh|lua[0-9.]*|tclsh[0-9.]*|python[0-9.]*|perl[0-9.]*|ruby[0-9.]*|php[0-9.]*|gdb|strace|sudo|su|setsid|nohup|timeout|nice|vi|vim|ld-linux.*|ld-musl.*)$/;
const SENDER =
  /^(curl|wget|nc|ncat|netcat|socat|telnet|ssh|scp|sftp|ftp|tftp|rsync|rclone|aws|gsutil|openssl)$/;
const PROGRAM_FOLDERS = ['/usr/bin', '/usr/local/bin', '/bin', '/var/lang/bin'];
const INTERPRETERS = ['sh', 'bash', 'busybox', 'env', 'python3', 'perl', 'node', 'awk'];
const SENDERS = ['curl', 'wget', 'nc', 'socat', 'ssh'];

function findPrograms(pattern: string, named: RegExp, wellKnown: string[]): string[] {
  if (!isGlob(pattern)) return named.test(pattern.slice(pattern.lastIndexOf('/') + 1)) ? [pattern] : [];
  const paths = PROGRAM_FOLDERS.flatMap((folder) => wellKnown.map((name) => `${folder}/${name}`));
  return paths.filter((path) => matchPath(pattern, path));
}

/** Programs that can be told to do anything, among those that the pattern matches. */
export const findInterpreters = (pattern: string) => findPrograms(pattern, INTERPRETER, INTERPRETERS);

/** Programs that send what they are given to a host that they are given. */
export const findSenders = (pattern: string) => findPrograms(pattern, SENDER, SENDERS);
