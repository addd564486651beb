import type { Value } from '@ringfence/code';
import type { FoundCall } from './found-call.ts';
import { textsOf } from './texts.ts';

/** What Powertools does with its table, from "Required resources" in its pages about idempotency. */
export const idempotencyCalls = (table: Value | undefined): FoundCall[] =>
  ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'].map((operation) => ({
    service: 'dynamodb',
    operation,
    choices: new Map([['TableName', textsOf(table)]]),
  }));

/** What Powertools asks AppConfig for: which configuration, a token tells. */
export const configurationCalls = (): FoundCall[] =>
  ['StartConfigurationSession', 'GetLatestConfiguration'].map((operation) => ({
    service: 'appconfig',
    operation,
    choices: new Map(),
  }));
