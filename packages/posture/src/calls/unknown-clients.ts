import { isUnknown, type OutsideCall } from '@ringfence/code';

/** Operations whose names nothing else has, of what functions mostly call. */
const operations = new Set(
  'GetItem PutItem UpdateItem DeleteItem BatchGetItem BatchWriteItem TransactGetItems TransactWriteItems TransactGet TransactWrite BatchWrite BatchGet GetObject PutObject HeadObject CopyObject DeleteObject DeleteObjects ListObjects ListObjectsV2 SendMessage SendMessageBatch ReceiveMessage DeleteMessage PublishBatch PutEvents StartExecution StartSyncExecution SendTaskSuccess SendTaskFailure GetParameter GetParameters GetParametersByPath PutParameter GetSecretValue PutSecretValue PutRecord PutRecords PutRecordBatch SendEmail SendRawEmail SendTemplatedEmail GenerateDataKey PutMetricData'
    .split(' ')
    .map((name) => name.toLowerCase()),
);

/** Whether an operation of AWS is called on something of which nothing is known. */
export function isOnUnknownClient({ symbol, receiver }: OutsideCall): boolean {
  return (
    symbol.startsWith('.') &&
    operations.has(symbol.slice(1).replaceAll('_', '').toLowerCase()) &&
    isUnknown(receiver)
  );
}
