import type { ProtectionClass, WaasEffect } from '@ringfence/policy/waas-section';
import type { Decision } from '@ringfence/waas/engine';
import type { Tone } from '../ui/badge.tsx';

const classes: Record<ProtectionClass, string> = {
  sqli: 'SQL injection',
  cmdi: 'Command injection',
  code: 'Code injection',
  xss: 'Cross-site scripting',
  lfi: 'File inclusion',
  nosql: 'NoSQL injection',
  ssrf: 'Request forgery',
  xxe: 'XML entities',
  ldap: 'LDAP injection',
  xpath: 'XPath injection',
  crlf: 'Line break injection',
  prototype: 'Prototype pollution',
  redirect: 'Open redirect',
  scanner: 'Scanner',
  malformed: 'Malformed input',
  shape: 'Unexpected shape',
  custom: 'Own pattern',
  source: 'Refused source',
};

const steps: Record<string, [label: string, what: string]> = {
  percent: ['percent', 'percent-encoding (%27) decoded'],
  entity: ['entities', 'HTML entities (&#39;) decoded'],
  unicode: ['escapes', 'escapes of programs (\\u0027, \\x27) decoded'],
  base64: ['base64', 'base64 decoded'],
  gzip: ['gzip', 'gzip unpacked'],
  json: ['JSON', 'a value within JSON'],
  form: ['form', 'a value of a form, query string or cookie'],
  multipart: ['multipart', 'a part of multipart/form-data'],
  xml: ['markup', 'a text or attribute of XML or HTML'],
  graphql: ['literal', 'a quoted text of a GraphQL document'],
  'utf-7': ['UTF-7', 'UTF-7 decoded'],
  null: ['zero bytes', 'zero bytes taken out'],
  key: ['name', 'the name of a member, not its value'],
  plus: ['plus', 'a plus sign read as a space'],
  wide: ['wide', 'fullwidth, overlong or UTF-16 characters made plain'],
};

/** The effects of protections for people; those of audits are free words. */
export const waasEffectWords: Record<WaasEffect, { label: string; tone: Tone; what: string }> = {
  prevent: { label: 'Prevent', tone: 'good', what: 'Refuse the event, and tell' },
  ban: { label: 'Ban', tone: 'danger', what: 'That, and refuse its source for a while' },
  alert: { label: 'Alert', tone: 'warn', what: 'Let it through, and tell' },
  disable: { label: 'Disable', tone: 'neutral', what: 'Do not look' },
};

/** What becomes of an event. */
export const decisionWords: Record<Decision['kind'], { label: string; tone: Tone; what: string }> = {
  pass: { label: 'Let through', tone: 'good', what: 'The function gets the event as it came.' },
  answer: { label: 'Answered', tone: 'danger', what: 'The function does not get the event.' },
  error: {
    label: 'Failed',
    tone: 'danger',
    what: 'The function does not get the event; its invocation fails.',
  },
  replace: {
    label: 'In part',
    tone: 'warn',
    what: 'The function gets the event without the records that were refused.',
  },
};

const isKey = <Key extends string>(table: Record<Key, unknown>, key: string): key is Key =>
  Object.hasOwn(table, key);

/** A protection's name for people; an unknown one stays as it is. */
export const nameClass = (name: string) => (isKey(classes, name) ? classes[name] : name);

/** A decoding for people, and what it means. */
export const nameStep = (step: string): [label: string, what: string] => steps[step] ?? [step, step];

/** An effect that an audit or the engine names; an unknown one stays as it is. */
export const nameEffect = (effect: string): { label: string; tone: Tone } =>
  isKey(waasEffectWords, effect) ? waasEffectWords[effect] : { label: effect, tone: 'neutral' };
