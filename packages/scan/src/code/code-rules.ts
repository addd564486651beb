import type { Severity } from '@ringfence/findings';

export interface CodeRule {
  severity: Severity;
  title: string;
  cwe: string;
  /** What an attacker gains. */
  why: string;
  advice: string;
  /** The name of what makes a value harmless for it. */
  safety: string;
}

/** All checks of what event data may do in code. */
export const codeRules = {
  'code/command-injection': {
    severity: 'critical',
    title: 'Event data reaches a shell',
    cwe: 'CWE-78',
    why: 'Who sends the event runs commands in the function, with its role and its secrets.',
    advice:
      'Call the program without a shell and hand its arguments over as a list (execFile, subprocess.run([...])); where a shell is needed, quote each value (shlex.quote).',
    safety: 'shell',
  },
  'code/code-injection': {
    severity: 'critical',
    title: 'Event data is run as code',
    cwe: 'CWE-94',
    why: 'Who sends the event runs code in the function, with its role and its secrets.',
    advice:
      'Parse data as data (JSON.parse, ast.literal_eval), and choose functions and modules from a fixed table.',
    safety: 'code',
  },
  'code/template-injection': {
    severity: 'critical',
    title: 'Event data is part of a template',
    cwe: 'CWE-1336',
    why: 'Most template languages reach functions of the program; who writes the template runs code.',
    advice: 'Keep the template constant, and hand event data to it as values.',
    safety: 'code',
  },
  'code/unsafe-deserialisation': {
    severity: 'critical',
    title: 'Event data is deserialised into objects',
    cwe: 'CWE-502',
    why: 'These formats name what is called while they are read; who sends the event runs code.',
    advice: 'Take a format that only holds data: JSON, yaml.safe_load.',
    safety: 'deserialisation',
  },
  'code/sql-injection': {
    severity: 'high',
    title: 'Event data is part of an SQL statement',
    cwe: 'CWE-89',
    why: 'Who sends the event reads and changes whatever the database lets the function.',
    advice:
      'Keep the statement constant, and hand values over as parameters (?, $1, %s with a second argument).',
    safety: 'sql',
  },
  'code/path-traversal': {
    severity: 'high',
    title: 'Event data names a file',
    cwe: 'CWE-22',
    why: 'With ../ in it, files outside of the folder that was meant are read or written, such as /proc/self/environ with its credentials.',
    advice:
      'Take the last part only (path.basename, os.path.basename), or resolve the path and check that it is still below the folder that was meant.',
    safety: 'path',
  },
  'code/request-forgery': {
    severity: 'high',
    title: 'Event data chooses the server of a request',
    cwe: 'CWE-918',
    why: 'Who sends the event has the function ask servers that only it can reach, such as those in its network.',
    advice: 'Keep scheme and host constant, or check the host against a list before the request.',
    safety: 'url',
  },
  'code/cross-site-scripting': {
    severity: 'medium',
    title: 'Event data is part of an HTML answer',
    cwe: 'CWE-79',
    why: 'A link with a script in it runs that script in the browser of whoever follows it, as your site.',
    advice:
      'Escape values for HTML (escape-html, html.escape), or let a template engine with escaping do it.',
    safety: 'html',
  },
} as const satisfies Record<string, CodeRule>;

export type CodeRuleName = keyof typeof codeRules;
