import { type Document, isAlias, isMap, isNode, isScalar, isSeq, stringify } from 'yaml';
import { checkPolicy, formatPath, type PathPart, type PolicyProblem } from './check-policy.ts';
import { Policy } from './policy-schema.ts';
import { MAX_ERRORS, readYaml, type YamlFault, type YamlPlace } from './read-yaml.ts';

/** What is wrong in a file: line and column count from 1; `path` is empty for an error of YAML's own syntax. */
export type YamlProblem = { file: string; line: number; column: number; path: string; message: string };
/** `locate` finds the value at a path of the policy, or what holds it when it is a default. */
export type PolicyYamlResult =
  | { ok: true; policy: Policy; locate: (path: PathPart[]) => YamlPlace }
  | { ok: false; errors: YamlProblem[] };

/** The largest policy file, in bytes. */
export const POLICY_YAML_BYTES = 1024 * 1024;
/** Where the key or the value at the path begins; for what is missing, where its nearest holder begins. */
function findOffset(document: Document.Parsed, { path, at }: Pick<PolicyProblem, 'path' | 'at'>): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const [depth, part] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    const pair = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && String(key.value) === part)
      : undefined;
    const child = isSeq(node) ? node.items[Number(part)] : pair?.value;
    const shown = at === 'key' && depth === path.length - 1 ? pair?.key : child;
    if (!isNode(shown)) break;
    offset = shown.range?.[0] ?? offset;
    node = child;
  }
  return offset;
}

/**
 * Reads a policy from YAML (or JSON, which is YAML too). Never throws for what the text holds; errors are in the order of the
 * file, and at most about a hundred.
 */
export function parsePolicyYaml(text: string, fileName: string): PolicyYamlResult {
  const read = readYaml(text, POLICY_YAML_BYTES);
  const check = read.ok ? checkPolicy(read.value) : undefined;
  if (read.ok && check?.ok) {
    const locate = (path: PathPart[]) => read.locate(findOffset(read.document, { path, at: 'value' }));
    return { ok: true, policy: check.policy, locate };
  }
  const faults: (YamlFault & { path?: PathPart[] })[] = read.ok ? [] : read.faults;
  if (read.ok && check?.ok === false)
    for (const problem of check.problems.slice(0, MAX_ERRORS))
      faults.push({ ...problem, offset: findOffset(read.document, problem) });
  const errors = faults
    .sort((a, b) => a.offset - b.offset)
    .map(
      ({ offset, path = [], message }): YamlProblem => ({
        file: fileName,
        ...read.locate(offset),
        path: formatPath(path),
        message,
      }),
    );
  return { ok: false, errors };
}

/** The policy as YAML, with every default written out and keys in a fixed order. */
export function formatPolicyYaml(policy: Policy): string {
  return stringify(Policy.parse(policy), { lineWidth: 0, aliasDuplicateObjects: false });
}

/** One error as one line: `file:line:column: path message`. */
export function formatYamlProblem({ file, line, column, path, message }: YamlProblem): string {
  return `${file}:${line}:${column}: ${path === '' ? '' : `${path} `}${message}`;
}
