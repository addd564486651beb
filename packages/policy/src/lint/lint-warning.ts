import type { PathPart } from '../check-policy.ts';

export const LINT_CODES = [
  'nothing-guarded',
  'functions-left-out',
  'rule-never-reached',
  'collection-unused',
  'section-ignored',
  'entry-twice',
  'allow-everything',
  'allow-writable',
  'allow-interpreter',
  'allow-linked-folder',
  'allow-sender',
  'miners-unwatched',
  'outbound-anywhere',
  'outbound-any-port',
  'outbound-shared-domain',
  'outbound-needless',
  'metadata-allowed',
  'metadata-denied',
  'listen-wide',
  'unix-control',
  'runtime-unreadable',
  'write-code',
  'write-and-run',
  'entry-denied',
  'path-linked',
  'secret-needed',
  'learn-ignored',
  'learn-long',
  'exception-everywhere',
  'pattern-everything',
  'pattern-whole',
  'shape-never-reached',
  'confidence-low',
  'sources-everyone',
  'response-not-json',
] as const;
export type LintCode = (typeof LINT_CODES)[number];

/** How warnings call rules, by the key of the policy that they stand under. */
export const RULE_WORDS = { runtime: 'Rule', waas: 'WAAS rule' } as const;

/** A policy that is valid, but perhaps not what was meant: what, and what to do about it. */
export type LintWarning = {
  code: LintCode;
  rule?: string;
  collection?: string;
  pattern?: string;
  /** Where it stands in the policy. */
  path: PathPart[];
  message: string;
  advice: string;
};

/** A warning about a rule; the path leads on from the rule. */
export type RuleWarning = Omit<LintWarning, 'rule' | 'collection'>;
