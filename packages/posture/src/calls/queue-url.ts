import { concatenate, type OutsideCall, ofFields, ofText, type Value } from '@ringfence/code';
import { OF_NAME } from './resource-arns.ts';

const asks =
  /(?:^boto3:sqs\.get_queue_url|^aws-sdk[\w./]*SQS(?:\.js)?\(\)\.getQueueUrl|^@aws-sdk\/client-sqs\.SQS\(\)\.getQueueUrl|^@aws-sdk\/client-sqs\.GetQueueUrlCommand)$/;

/** The address that a queue has by its name. */
export const addressByName = (name: Value): Value => concatenate([ofText(OF_NAME), name]);

/** The answer to a question for a queue's address: that of the queue with the name that was asked for. */
export function queueUrl({ symbol, arguments: [first], named }: OutsideCall): Value | undefined {
  if (!asks.test(symbol)) return undefined;
  const name = named.get('QueueName') ?? first?.fields?.named.get('QueueName');
  if (!name || name.texts.length === 0) return undefined;
  const answer = ofFields([['QueueUrl', addressByName(name)]]);
  // A command is sent before it answers.
  return symbol.endsWith('Command') ? { ...answer, symbols: [`${symbol}()`] } : answer;
}
