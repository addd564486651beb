import { type SqlBool, sql } from 'kysely';

export const FINDING_STATES = ['new', 'open', 'fixed', 'suppressed'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** The day until which a suppression holds ends by UTC, so that all Consoles on one store agree. */
const today = () => new Date().toISOString().slice(0, 10);

const holds = (kind: 'ignore' | 'suppression') => {
  const [reason, expires] = [sql.ref(`${kind}_reason`), sql.ref(`${kind}_expires`)];
  return sql<SqlBool>`(${reason} is not null and (${expires} is null or ${expires} >= ${today()}))`;
};

/** The state of a row of findings, as it is now. */
export const stateExpression = () =>
  sql<FindingState>`case when fixed_at is not null then 'fixed' when ${holds('suppression')} or ${holds('ignore')} then 'suppressed' when is_new then 'new' else 'open' end`;
