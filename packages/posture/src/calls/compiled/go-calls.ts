import type { PlainNode } from '@ringfence/code';
import type { FoundCall } from '../found-call.ts';
import type { Declarations } from './declarations.ts';
import { textOf } from './text-of.ts';
import { fieldOf, walk } from './walk.ts';

/** The SDK's packages by the names under which the file knows them. */
function packagesOf(root: PlainNode): Map<string, string> {
  const packages = new Map<string, string>();
  for (const node of walk(root)) {
    if (node.type !== 'import_spec') continue;
    const [, service] = /"github\.com\/aws\/aws-sdk-go(?:-v2)?\/service\/([a-z0-9]+)"/.exec(node.text) ?? [];
    if (service !== undefined) packages.set(fieldOf(node, 'name')?.text ?? service, service);
  }
  return packages;
}

/** Calls of the AWS SDK for Go, both versions: by the inputs that are put together. */
export function goCalls(root: PlainNode, declarations: Declarations): (FoundCall & { node: PlainNode })[] {
  const packages = packagesOf(root);
  return [...walk(root)].flatMap((node) => {
    if (node.type !== 'composite_literal') return [];
    const [, name = '', operation] = /^(\w+)\.(\w+)Input$/.exec(fieldOf(node, 'type')?.text ?? '') ?? [];
    const service = packages.get(name);
    if (service === undefined || operation === undefined) return [];
    const choices = new Map<string, string[]>();
    for (const element of fieldOf(node, 'body')?.children ?? []) {
      const [key, value] = element.children.map((child) =>
        child.type === 'literal_element' ? (child.children[0] ?? child) : child,
      );
      if (element.type === 'keyed_element' && key && value)
        choices.set(key.text, [textOf(value, declarations)]);
    }
    return [{ service, operation, choices, node }];
  });
}
