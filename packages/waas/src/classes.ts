/** The protections, in the order of `assembly/classes.ts`. */
export const protectionClasses = [
  'sqli',
  'cmdi',
  'code',
  'xss',
  'lfi',
  'nosql',
  'ssrf',
  'xxe',
  'ldap',
  'xpath',
  'crlf',
  'prototype',
  'redirect',
  'scanner',
  'malformed',
  'shape',
  'custom',
  'source',
] as const;

export type ProtectionClass = (typeof protectionClasses)[number];
