import type { Value } from '@ringfence/code';
import { hole } from '../template/substitution.ts';
import type { FoundCall } from './found-call.ts';
import { textsOf } from './texts.ts';

const read = (bucket: string[], key: string[]): FoundCall => ({
  service: 's3',
  operation: 'GetObject',
  choices: new Map([
    ['Bucket', bucket],
    ['Key', key],
  ]),
});

/** What is read by addresses, of which the pattern's groups are the bucket and the key. */
function readAt(addresses: Value, pattern: RegExp): FoundCall {
  const parts = textsOf(addresses).map((text) => pattern.exec(text));
  const texts = (index: number) => [...new Set(parts.map((found) => found?.[index] ?? hole('?')))];
  return read(texts(1), texts(2));
}

/** S3 reads what it copies, which is named by a map or as `bucket/key`. */
export function readOf(source: Value): FoundCall {
  const { named } = source.fields ?? {};
  return named
    ? read(textsOf(named.get('Bucket')), textsOf(named.get('Key')))
    : readAt(source, /^\/?([^/]+)\/(.+)$/);
}

/** `S3Object: { Bucket, Name }`, wherever a parameter has it. */
function readIn(value: Value, depth: number): FoundCall[] {
  return [...(value.fields?.named ?? [])].flatMap(([name, member]) => {
    const { named } = member.fields ?? {};
    if (name === 'S3Object' && named) return [read(textsOf(named.get('Bucket')), textsOf(named.get('Name')))];
    return depth < 3 ? readIn(member, depth + 1) : [];
  });
}

/** `Media: { MediaFileUri: 's3://bucket/key' }` of Transcribe. */
function mediaIn(parameters: ReadonlyMap<string, Value>): FoundCall[] {
  const uri = parameters.get('Media')?.fields?.named.get('MediaFileUri');
  return uri ? [readAt(uri, /^s3:\/\/([^/]+)\/(.+)$/)] : [];
}

/**
 * What other services read from S3 in the name of who calls them. From "Working with images and videos" of Amazon Rekognition's developer guide,
 * "Calling Amazon Textract asynchronous operations", and "Identity-based policies" of Amazon Transcribe.
 */
export function objectsRead(
  { service, operation }: FoundCall,
  parameters: ReadonlyMap<string, Value>,
): FoundCall[] {
  if (/^(rekognition|textract)$/i.test(service))
    return [...parameters.values()].flatMap((value) => readIn(value, 0));
  const isOfRole = parameters.has('JobExecutionSettings');
  if (/^transcribe$/i.test(service) && operation === 'StartTranscriptionJob' && !isOfRole)
    return mediaIn(parameters);
  return [];
}
