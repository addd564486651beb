import {
  type Collection,
  checkPolicy,
  DIMENSIONS,
  type Policy,
  type ScopedRule,
} from '@ringfence/policy/schema';
import type { LineError } from './line-editor.tsx';
import { readLines } from './pattern-lines.ts';

type List = (typeof DIMENSIONS)[number]['list'];

/** A collection as the form holds it: each list is text with one pattern on each line; empty stands for everything. */
export type CollectionForm = { name: string } & Record<List, string>;

type CollectionCheck = {
  collection: Collection;
  name: string | undefined;
  lines: Record<List, LineError[]>;
  ok: boolean;
};

/** Checks the form by the policy's own schema, beside the other collections (`index`; undefined for a new one). */
export function checkCollection(
  policy: Policy,
  index: number | undefined,
  form: CollectionForm,
): CollectionCheck {
  const read = Object.fromEntries(DIMENSIONS.map(({ list }) => [list, readLines(form[list])])) as Record<
    List,
    ReturnType<typeof readLines>
  >;
  const patterns = (list: List) => (read[list].patterns.length > 0 ? read[list].patterns : ['*']);
  const collection: Collection = {
    name: form.name,
    functions: patterns('functions'),
    regions: patterns('regions'),
    accounts: patterns('accounts'),
    runtimes: patterns('runtimes'),
  };
  const others = policy.collections.filter((_, position) => position !== index);
  // Rules may name the old name of this collection, which is no error of this form: they are left out.
  const check = checkPolicy({
    ...policy,
    runtime: { rules: [] },
    waas: { rules: [] },
    collections: [...others, collection],
  });
  const result: CollectionCheck = {
    collection,
    name: undefined,
    lines: { functions: [], regions: [], accounts: [], runtimes: [] },
    ok: true,
  };
  if (check.ok) return result;
  for (const { path, message } of check.problems) {
    const [top, position, key, item] = path;
    if (top !== 'collections' || position !== others.length) continue;
    result.ok = false;
    if (key === 'name') result.name ??= message;
    else result.lines[key as List].push({ line: read[key as List].lines[Number(item ?? 0)] ?? 1, message });
  }
  return result;
}

/** Puts the collection in its place, and its new name into the rules that named the old one. */
export function putCollection(policy: Policy, index: number | undefined, collection: Collection): Policy {
  if (index === undefined) return { ...policy, collections: [...policy.collections, collection] };
  const old = policy.collections[index]?.name;
  const rename = (name: string) => (name === old ? collection.name : name);
  const renameIn = <Rule extends ScopedRule>(rules: Rule[]) =>
    rules.map((rule) => ({ ...rule, collections: rule.collections.map(rename) }));
  return {
    ...policy,
    collections: policy.collections.with(index, collection),
    runtime: { ...policy.runtime, rules: renameIn(policy.runtime.rules) },
    waas: { ...policy.waas, rules: renameIn(policy.waas.rules) },
  };
}
