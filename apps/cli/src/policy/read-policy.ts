import { readFile, stat } from 'node:fs/promises';
import { Policy } from '@ringfence/policy';
import { type Document, isCollection, isMap, isNode, LineCounter, parseDocument } from 'yaml';
import { CliError } from '../common/cli-error.ts';
import { withPath } from '../common/system-error.ts';

/** A fault in a policy file. Line and column count from 1. */
export interface PolicyFault {
  line: number;
  column: number;
  message: string;
}

export type PolicyReading = { policy: Policy; faults: [] } | { policy: undefined; faults: PolicyFault[] };

/** Bytes; 1,000 rules and 1,000 collections take less. */
const largestFile = 4 * 1024 * 1024;

/** Reads a policy in YAML and says what is wrong with it, and where. Throws a usage error for a file that can't be read. */
export async function readPolicy(path: string): Promise<PolicyReading> {
  const text = await withPath('usage', path, async () => {
    if ((await stat(path)).size > largestFile) throw new CliError('usage', `${path} is larger than 4 MB.`);
    return readFile(path, 'utf8');
  });
  return parsePolicy(text);
}

/** The policy in a file, for commands that need it whole. Throws a usage error with all faults. */
export async function loadPolicy(path: string): Promise<Policy> {
  const { policy, faults } = await readPolicy(path);
  if (policy) return policy;
  throw new CliError('usage', faults.map((fault) => renderFault(path, fault)).join('\n'));
}

export function renderFault(path: string, { line, column, message }: PolicyFault): string {
  return `${path}:${line}:${column}: ${message}`;
}

/** Parses YAML 1.2 and checks it against the policy's schema; each fault carries its place in the text. */
export function parsePolicy(text: string): PolicyReading {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (document.errors.length > 0)
    return {
      policy: undefined,
      faults: document.errors.map(({ pos, message }) => ({
        ...place(pos[0]),
        message: message.split(/ at line \d+/)[0] ?? message,
      })),
    };
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    return { policy: undefined, faults: [{ line: 1, column: 1, message: (error as Error).message }] };
  }
  const result = Policy.safeParse(value);
  if (result.success) return { policy: result.data, faults: [] };
  return {
    policy: undefined,
    faults: result.error.issues.map((issue) => {
      const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
      const path = unknown === undefined ? issue.path : [...issue.path, unknown];
      const where = path.join('.');
      return {
        ...place(findOffset(document, path)),
        message: where ? `${where}: ${issue.message}` : issue.message,
      };
    }),
  };
}

/** Where the value at a path begins, or the nearest thing around it that is there; for a key, the key. */
function findOffset(document: Document.Parsed, path: PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const step of path) {
    if (!isCollection(node)) break;
    const pair = isMap(node)
      ? node.items.find(({ key }) => isNode(key) && key.toJS(document) === step)
      : undefined;
    const next = pair ? pair.value : node.get(step, true);
    const anchor = pair && isNode(pair.key) ? pair.key : next;
    if (!isNode(anchor)) break;
    offset = anchor.range?.[0] ?? offset;
    node = next;
  }
  return isNode(node) && !isCollection(node) ? (node.range?.[0] ?? offset) : offset;
}
