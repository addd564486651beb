import { Policy } from '@ringfence/policy/schema';
import { Document, isMap, isNode } from 'yaml';
import { describeEvidence } from './describe-evidence.ts';
import type { Suggestion } from './suggest-rule.ts';

/** The suggestion as a policy of its own in YAML; a comment says of each entry how often it was used, and when. */
export function formatSuggestion({ collection, rule, evidence }: Suggestion): string {
  const policy = Policy.parse({ version: 1, collections: [collection], runtime: { rules: [rule] } });
  const { settings: _, ...shown } = policy;
  const document = new Document(shown, { aliasDuplicateObjects: false });
  for (const { path, ...uses } of evidence) {
    const node = document.getIn(['runtime', 'rules', 0, ...path], true);
    if (isMap(node)) {
      node.commentBefore = ` ${describeEvidence(uses)}`;
      node.flow = true;
    } else if (isNode(node)) node.comment = ` ${describeEvidence(uses)}`;
  }
  return document.toString({ lineWidth: 0 });
}
