/** What a detector can find; each is a protection with its own switch. `packages/policy/src/compiled/waas-section.ts` has the same order. */
export enum Class {
  SQLI,
  CMDI,
  CODE,
  XSS,
  LFI,
  NOSQL,
  SSRF,
  XXE,
  LDAP,
  XPATH,
  CRLF,
  PROTOTYPE,
  REDIRECT,
  SCANNER,
  MALFORMED,
  SHAPE,
  CUSTOM,
  /** The source itself: denied by the rule, or banned. It has no switch. */
  SOURCE,
  COUNT,
}

/** The class's name, as policies and audits write it. */
export function nameOf(kind: Class): string {
  switch (kind) {
    case Class.SQLI:
      return 'sqli';
    case Class.CMDI:
      return 'cmdi';
    case Class.CODE:
      return 'code';
    case Class.XSS:
      return 'xss';
    case Class.LFI:
      return 'lfi';
    case Class.NOSQL:
      return 'nosql';
    case Class.SSRF:
      return 'ssrf';
    case Class.XXE:
      return 'xxe';
    case Class.LDAP:
      return 'ldap';
    case Class.XPATH:
      return 'xpath';
    case Class.CRLF:
      return 'crlf';
    case Class.PROTOTYPE:
      return 'prototype';
    case Class.REDIRECT:
      return 'redirect';
    case Class.SCANNER:
      return 'scanner';
    case Class.MALFORMED:
      return 'malformed';
    case Class.SHAPE:
      return 'shape';
    case Class.CUSTOM:
      return 'custom';
    default:
      return 'source';
  }
}
