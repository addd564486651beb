import { Policy } from '@ringfence/policy/schema';
import { Document, isNode } from 'yaml';
import type { Suggestion } from './suggest-rules.ts';

/** The suggestions as one policy in YAML; comments say why a setting is so. */
export function formatSuggestions(suggestions: Suggestion[]): string {
  const policy = Policy.parse({
    version: 1,
    collections: suggestions.map(({ collection }) => collection),
    runtime: { rules: suggestions.map(({ runtime }) => runtime) },
    waas: { rules: suggestions.map(({ waas }) => waas) },
  });
  const { settings: _, ...shown } = policy;
  const document = new Document(shown, { aliasDuplicateObjects: false });
  for (const [index, { reasons }] of suggestions.entries())
    for (const { of, path, reason } of reasons) {
      const node = document.getIn([of, 'rules', index, ...path], true);
      if (isNode(node)) node.comment = ` ${reason.replaceAll(/\s+/g, ' ')}`;
    }
  return document.toString({ lineWidth: 0 });
}
