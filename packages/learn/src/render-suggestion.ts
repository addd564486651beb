import { Document, isScalar, isSeq, type Scalar, type YAMLSeq } from 'yaml';
import type { Model } from './model.ts';
import type { Sightings, Suggestion } from './suggest-rule.ts';

const day = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ');

function describeSightings({ count, first, last }: Sightings): string {
  const when = day(first) === day(last) ? day(first) : `${day(first)} to ${day(last)}`;
  return ` ${count} ${count === 1 ? 'time' : 'times'}, ${when}`;
}

function commentList(list: YAMLSeq, sightings: Map<string, Sightings> | undefined): void {
  for (const item of list.items as Scalar[]) {
    const seen = isScalar(item) ? sightings?.get(String(item.value)) : undefined;
    if (seen) item.comment = describeSightings(seen);
  }
}

/** The suggestion as a policy in YAML: behind each entry, how often and when (UTC) it was seen. `collections` are the scope of the rule. */
export function renderSuggestion(
  { rule, sightings }: Suggestion,
  model: Model,
  scope?: { name: string; functions: string[] },
): string {
  const { name, ...sections } = rule;
  const document = new Document({
    version: 1,
    ...(scope ? { collections: [scope] } : {}),
    runtime: { rules: [{ name, ...(scope ? { collections: [scope.name] } : {}), ...sections }] },
  });
  for (const [section, lists] of Object.entries(sections))
    for (const list of Object.keys(lists)) {
      const node = document.getIn(['runtime', 'rules', 0, section, list]);
      if (isSeq(node)) commentList(node, sightings.get(`${section}.${list}`));
    }
  document.commentBefore = ` Learned from ${model.invocations} invocations since ${model.since ? day(model.since) : 'never'} UTC.`;
  return document.toString({ lineWidth: 0 });
}
