import type { Place } from '../../template/place.ts';
import { parseHcl } from '../hcl/parse-hcl.ts';
import { placedAt } from '../hcl/placed-at.ts';
import type { Block } from '../hcl/syntax.ts';
import { apiGatewayV2 } from './api-gateway-v2.ts';
import { eventBridge, sns, sqs } from './events.ts';
import { lambda } from './lambda.ts';
import { dynamoDbTable, s3Bucket, s3Notification } from './storage.ts';

const texts: Readonly<Record<string, string>> = {
  'lambda/aws': lambda,
  'apigateway-v2/aws': apiGatewayV2,
  'eventbridge/aws': eventBridge,
  'sns/aws': sns,
  'sqs/aws': sqs,
  's3-bucket/aws': s3Bucket,
  's3-bucket/aws//modules/notification': s3Notification,
  'dynamodb-table/aws': dynamoDbTable,
};

/** The argument of the call that an expression takes first. */
function givenBy(node: unknown, call: Block): Place | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  const { kind, of, name } = node as { kind?: string; of?: { name?: string }; name?: string };
  if (kind === 'attribute' && of?.name === 'var') return call.body.attributes.get(name ?? '')?.at;
  for (const inner of Object.values(node)) {
    const found = givenBy(inner, call);
    if (found) return found;
  }
  return undefined;
}

/**
 * What a module of the registry makes of its inputs, where the module itself is not there: written again for those that functions are
 * mostly made with. Undefined for others.
 */
export async function knownModule(source: string, call: Block): Promise<Block[] | undefined> {
  const [, name = ''] = /^(?:registry\.terraform\.io\/)?terraform-aws-modules\/(.+)$/.exec(source) ?? [];
  const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
  if (text === undefined) return undefined;
  const { blocks } = await parseHcl(text, source);
  // What is written stands where the call is, or where it gives the argument.
  return placedAt(blocks, (node) => givenBy(node, call) ?? call.at);
}
