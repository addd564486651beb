import { coversPath } from '../compare-globs.ts';
import { Glob } from '../glob.ts';

const INTERPRETER =
  /^(sh|bash|dash|ash|zsh|ksh|csh|tcsh|fish|busybox|env|xargs|find|awk|gawk|mawk|node|nodejs|deno|bun|java|jshell|dotnet|pwsh|lua[0-9.]*|tclsh[0-9.]*|python[0-9.]*|perl[0-9.]*|ruby[0-9.]*|php[0-9.]*|gdb|strace|sudo|su|setsid|nohup|timeout|nice|vi|vim|ld-linux.*|ld-musl.*)$/;
const SENDER =
  /^(curl|wget|nc|ncat|netcat|socat|telnet|ssh|scp|sftp|ftp|tftp|rsync|rclone|aws|gsutil|openssl)$/;
const PROGRAM_FOLDERS = ['/usr/bin', '/usr/local/bin', '/bin', '/var/lang/bin'];
const placePrograms = (...names: string[]) =>
  PROGRAM_FOLDERS.flatMap((folder) => names.map((name) => new Glob(`${folder}/${name}`)));
const INTERPRETERS = placePrograms('sh', 'bash', 'busybox', 'env', 'python3', 'perl', 'node', 'awk');
const SENDERS = placePrograms('curl', 'wget', 'nc', 'socat', 'ssh');

function findPrograms(pattern: Glob, named: RegExp, wellKnown: Glob[]): string[] {
  const { isLiteral, text } = pattern;
  if (isLiteral) return named.test(text.slice(text.lastIndexOf('/') + 1)) ? [text] : [];
  return wellKnown.filter((path) => coversPath(pattern, path)).map((path) => path.text);
}

/** Programs that can be told to do anything, among those that the pattern matches. */
export const findInterpreters = (pattern: Glob) => findPrograms(pattern, INTERPRETER, INTERPRETERS);

/** Programs that send what they are given to a host that they are given. */
export const findSenders = (pattern: Glob) => findPrograms(pattern, SENDER, SENDERS);
