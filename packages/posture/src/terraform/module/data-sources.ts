import { posix } from 'node:path';
import { hole, known as knownText, literal } from '../../template/substitution.ts';
import { JsonText, textOf } from '../evaluate/values.ts';
import type { Values } from './evaluate-body.ts';
import { policyDocument } from './policy-document.ts';

/** The folder of the code that an archive is made of, or the code itself where the configuration has it. */
export function archived({ source_dir: folder, source_file: file, source: written }: Values): unknown {
  const [only, ...others] = Array.isArray(written) ? (written as Values[]) : [];
  if (only && others.length === 0) return { ZipFile: only.content };
  const path = typeof file === 'string' ? knownText(file) : undefined;
  return folder ?? (path === undefined ? undefined : literal(posix.dirname(path)));
}

/** What a data source gives that needs no account. */
const known: Readonly<Record<string, Record<string, (values: Values) => unknown>>> = {
  aws_iam_policy_document: {
    json: (values) => new JsonText(policyDocument(values)),
    minified_json: (values) => new JsonText(policyDocument(values)),
  },
  aws_caller_identity: {
    account_id: () => hole('AWS::AccountId'),
    id: () => hole('AWS::AccountId'),
  },
  aws_region: {
    name: () => hole('AWS::Region'),
    region: () => hole('AWS::Region'),
    id: () => hole('AWS::Region'),
  },
  aws_partition: {
    partition: () => hole('AWS::Partition'),
    id: () => hole('AWS::Partition'),
    dns_suffix: () => hole('AWS::URLSuffix'),
  },
  aws_iam_policy: {
    arn: ({ arn, name, path_prefix: path = '/' }) =>
      arn ?? (name && `arn:${hole('AWS::Partition')}:iam::aws:policy${textOf(path)}${textOf(name)}`),
  },
  archive_file: {
    // The code itself, not the archive that is made of it.
    output_path: (values) => archived(values) ?? values.output_path,
  },
};

/** An attribute of a data source: what the configuration tells, or else a hole. */
export const dataAttribute = (type: string, name: string, id: string, values: () => Values): unknown =>
  known[type]?.[name]?.(values()) ?? hole(`${id}.${name}`);
