import type { ScopedRule } from './match-policy.ts';
import { Collection, type Policy, RuntimeRule } from './policy-schema.ts';
import type { Route } from './sections/waas/shapes.ts';
import { WaasRule } from './sections/waas/waas-rule.ts';

/** A field that differs: its path, and how, in words. */
export type FieldChange = { field: string; words: string };
/** One difference between two policies. */
export type PolicyChange = {
  kind: 'added' | 'removed' | 'changed' | 'reordered';
  /** `rule "name"`, `WAAS rule "name"`, `collection "name"`, `rules`, `WAAS rules` or `settings`. */
  subject: string;
  /** Of what changed; of what was added, what differs from the defaults. */
  fields: FieldChange[];
};

const NEW_RULE = RuntimeRule.parse({ name: 'new' });
const NEW_WAAS_RULE = WaasRule.parse({ name: 'new' });
const NEW_COLLECTION = Collection.parse({ name: 'new' });

const show = (value: unknown) => (value === undefined ? 'left out' : JSON.stringify(value));
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function compareLists(field: string, before: unknown[], after: unknown[]): FieldChange {
  const shown = (list: unknown[]) => new Set(list.map(show));
  const [old, now] = [shown(before), shown(after)];
  const words = [
    ...[...now].filter((entry) => !old.has(entry)).map((entry) => `+ ${entry}`),
    ...[...old].filter((entry) => !now.has(entry)).map((entry) => `- ${entry}`),
  ];
  return { field, words: words.join(', ') || `now ${show(after)}` };
}

const nameOfRoute = ({ method, path }: Route) => `${method ?? 'any'} ${path}`;

/** Routes by method and path; what is in them would take pages. */
function compareRoutes(field: string, before: Route[], after: Route[]): FieldChange {
  const byName = (routes: Route[]) => new Map(routes.map((route) => [nameOfRoute(route), route]));
  const [old, now] = [byName(before), byName(after)];
  const changed = [...now].filter(([name, route]) => old.has(name) && !same(old.get(name), route));
  const words = [
    ...[...now.keys()].filter((name) => !old.has(name)).map((name) => `+ ${name}`),
    ...[...old.keys()].filter((name) => !now.has(name)).map((name) => `- ${name}`),
    ...changed.map(([name]) => `~ ${name}`),
  ];
  return { field, words: words.join(', ') || 'in another order' };
}

function compareFields(field: string, before: unknown, after: unknown): FieldChange[] {
  if (same(before, after)) return [];
  if (isGroup(before) && isGroup(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      compareFields(field === '' ? key : `${field}.${key}`, before[key], after[key]),
    );
  if (field === 'shapes') return [compareRoutes(field, before as Route[], after as Route[])];
  if (Array.isArray(before) && Array.isArray(after)) return [compareLists(field, before, after)];
  return [{ field, words: `${show(before)} → ${show(after)}` }];
}

function compareNamed<Item extends { name: string }>(
  what: string,
  before: Item[],
  after: Item[],
  defaults: Item,
): PolicyChange[] {
  const old = new Map(before.map((item) => [item.name, item]));
  const now = new Set(after.map(({ name }) => name));
  const subject = (name: string) => `${what} "${name}"`;
  const removed = before
    .filter(({ name }) => !now.has(name))
    .map(({ name }): PolicyChange => ({ kind: 'removed', subject: subject(name), fields: [] }));
  const others = after.flatMap((item): PolicyChange[] => {
    const earlier = old.get(item.name);
    const fields = compareFields('', earlier ?? { ...defaults, name: item.name }, item);
    if (earlier === undefined) return [{ kind: 'added', subject: subject(item.name), fields }];
    return fields.length === 0 ? [] : [{ kind: 'changed', subject: subject(item.name), fields }];
  });
  return [...removed, ...others];
}

function compareOrder(subject: string, before: ScopedRule[], after: ScopedRule[]): PolicyChange[] {
  const [old, now] = [before, after].map((rules) => new Set(rules.map(({ name }) => name)));
  const kept = (rules: ScopedRule[]) =>
    rules.map(({ name }) => name).filter((name) => old?.has(name) && now?.has(name));
  if (same(kept(before), kept(after))) return [];
  const words = [...(now ?? [])].join(', ');
  return [{ kind: 'reordered', subject, fields: [{ field: 'order', words }] }];
}

/** What differs between two policies; empty when they are equal. */
export function comparePolicies(before: Policy, after: Policy): PolicyChange[] {
  const [runtime, newRuntime] = [before.runtime.rules, after.runtime.rules];
  const [waas, newWaas] = [before.waas.rules, after.waas.rules];
  const settings = compareFields('', before.settings, after.settings);
  return [
    ...compareNamed('rule', runtime, newRuntime, NEW_RULE),
    ...compareOrder('rules', runtime, newRuntime),
    ...compareNamed('WAAS rule', waas, newWaas, NEW_WAAS_RULE),
    ...compareOrder('WAAS rules', waas, newWaas),
    ...compareNamed('collection', before.collections, after.collections, NEW_COLLECTION),
    ...(settings.length === 0 ? [] : [{ kind: 'changed' as const, subject: 'settings', fields: settings }]),
  ];
}

/** One difference in a few words, such as `rule "Converters" changed (network.outbound)`. */
export function describeChange({ kind, subject, fields }: PolicyChange): string {
  const names = kind === 'changed' ? ` (${fields.map(({ field }) => field).join(', ')})` : '';
  return `${subject} ${kind}${names}`;
}
