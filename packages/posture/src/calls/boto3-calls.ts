import { join, memberOf, type OutsideCall, ofFields, ofSymbol, unknown, type Value } from '@ringfence/code';
import { type FoundCall, operationName, waiters } from './found-call.ts';
import { readOf } from './objects-in-s3.ts';
import { configurationCalls, idempotencyCalls } from './powertools-calls.ts';
import { addressByName } from './queue-url.ts';
import { type Choices, choicesOf, textsOf } from './texts.ts';
import { partsOf } from './transactions.ts';

/** What tells a resource apart, in the order of its constructor; the second names are those of Python. */
const identifiers: Readonly<Record<string, readonly [string, string][]>> = {
  Table: [['TableName', 'name']],
  Bucket: [['Bucket', 'name']],
  Object: [
    ['Bucket', 'bucket_name'],
    ['Key', 'key'],
  ],
  ObjectSummary: [
    ['Bucket', 'bucket_name'],
    ['Key', 'key'],
  ],
  Queue: [['QueueUrl', 'url']],
  Topic: [['TopicArn', 'arn']],
};

/** What methods of resources call, where that is not their own name. */
const methods: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Table: {
    load: 'DescribeTable',
    reload: 'DescribeTable',
    wait_until_exists: 'DescribeTable',
    delete: 'DeleteTable',
    update: 'UpdateTable',
  },
  Bucket: {
    upload_file: 'PutObject',
    upload_fileobj: 'PutObject',
    copy: 'PutObject',
    download_file: 'GetObject',
    download_fileobj: 'GetObject',
    delete: 'DeleteBucket',
    create: 'CreateBucket',
  },
  Object: {
    get: 'GetObject',
    put: 'PutObject',
    delete: 'DeleteObject',
    load: 'HeadObject',
    reload: 'HeadObject',
    wait_until_exists: 'HeadObject',
    upload_file: 'PutObject',
    upload_fileobj: 'PutObject',
    copy: 'PutObject',
    copy_from: 'CopyObject',
    download_file: 'GetObject',
    download_fileobj: 'GetObject',
  },
  Queue: {
    send_messages: 'SendMessageBatch',
    receive_messages: 'ReceiveMessage',
    delete_messages: 'DeleteMessageBatch',
    purge: 'PurgeQueue',
    load: 'GetQueueAttributes',
  },
  Topic: { load: 'GetTopicAttributes' },
};

/** Helpers of the client of S3, by the places of their arguments. */
const transfers: Readonly<Record<string, [operation: string, bucket: number, key: number]>> = {
  upload_file: ['PutObject', 1, 2],
  upload_fileobj: ['PutObject', 1, 2],
  download_file: ['GetObject', 0, 1],
  download_fileobj: ['GetObject', 0, 1],
  copy: ['PutObject', 1, 2],
  generate_presigned_post: ['PutObject', 0, 1],
};

/** Helpers of Powertools, and the methods of its providers. */
const helpers: Readonly<Record<string, [service: string, operation: string, parameter: string]>> = {
  get_parameter: ['ssm', 'GetParameter', 'Name'],
  get_parameters: ['ssm', 'GetParametersByPath', 'Path'],
  get_secret: ['secretsmanager', 'GetSecretValue', 'SecretId'],
  'SSMProvider().get': ['ssm', 'GetParameter', 'Name'],
  'SSMProvider().get_multiple': ['ssm', 'GetParametersByPath', 'Path'],
  'SecretsProvider().get': ['secretsmanager', 'GetSecretValue', 'SecretId'],
};

const notCalls = /^(get_paginator|get_waiter|can_paginate|close|meta|exceptions|get_available_subresources)$/;
/** Also of aioboto3 and aiobotocore, whose clients have the same methods. */
const maker =
  /^(?:boto3|(?:boto3|aioboto3)\.(?:session\.)?Session\(.*?\)|(?:aio)?botocore\.session\.get_session\(\))\.(client|resource|create_client)$/;

/** Whether a client has keys of its own: what it does, another role or user does. */
const hasOwnKeys = ({ named }: OutsideCall): boolean =>
  (named.get('aws_access_key_id')?.symbols.length ?? 0) > 0 ||
  named.get('aws_session_token')?.symbols.some((symbol) => symbol.includes('assume_role')) === true;
const resource = /^boto3\+([a-z0-9-]+)\.(\w+)#(\d+)\.(.+)$/;

const tableAttributes =
  /^(item_count|table_status|table_size_bytes|table_arn|table_id|key_schema|attribute_definitions|creation_date_time|global_secondary_indexes|local_secondary_indexes|billing_mode_summary|provisioned_throughput|stream_specification|latest_stream_arn)$/;

/** What is no method of a resource: what it was made with, and what it asks for when it is first read. */
const isAttribute = (type: string, name: string): boolean =>
  identifiers[type]?.some(([, own]) => own === name) === true ||
  (type === 'Table' && (name === 'table_name' || tableAttributes.test(name))) ||
  /^(attributes|dead_letter_source_queues|subscriptions|creation_date|e_tag|size|last_modified|content_(type|length|encoding)|metadata|version_id|storage_class)$/.test(
    name,
  );

/** Powertools' table of what was done already. */
const persistence = /^aws_lambda_powertools\b.*\.DynamoDBPersistenceLayer$/;
const tableOf = ({ named, arguments: [first] }: OutsideCall): Value =>
  named.get('table_name') ?? first ?? unknown;

/** The first text that is known whole. */
const nameOf = (value: Value | undefined): string[] =>
  textsOf(value).filter((text) => /^[a-z0-9.-]+$/.test(text));

/**
 * Follows boto3. Clients are symbols `boto3:s3`, resources `boto3+s3`, and what these give `boto3+s3.Bucket#2`, where the number says which choices
 * of identifiers are meant.
 */
export class Boto3 {
  readonly #known: Choices[] = [];

  /** What comes out of a call that makes a client or a resource. */
  resultOf(call: OutsideCall): Value | undefined {
    const { symbol, arguments: given, named, receiver } = call;
    if (persistence.test(symbol))
      return { ...ofFields([['table_name', tableOf(call)]]), symbols: [`${symbol}()`] };
    if (/\.Session$/.test(symbol) && hasOwnKeys(call)) return ofSymbol('a session of another role');
    const [, kind] = maker.exec(symbol) ?? [];
    if (kind !== undefined) {
      if (hasOwnKeys(call)) return ofSymbol('a client of another role');
      const names = nameOf(given[0] ?? named.get('service_name'));
      const made = names.map((name) =>
        ofSymbol(`boto3${kind === 'resource' ? '+' : ':'}${name.replaceAll('.', '-')}`),
      );
      return made.length > 0 ? join(...made) : undefined;
    }
    if (symbol === 'boto3+sqs.get_queue_by_name') {
      const name = named.get('QueueName') ?? unknown;
      const queue = this.#make('boto3+sqs', 'Queue', new Map([['QueueName', textsOf(name)]]));
      return { ...ofFields([['url', addressByName(name)]]), symbols: queue.symbols };
    }
    const [, root = '', , parent, type = ''] =
      /^(boto3\+[a-z0-9-]+)(?:\.(\w+)#(\d+))?\.([A-Z]\w+)$/.exec(symbol) ?? [];
    const names = identifiers[type];
    if (!names) return undefined;
    const choices = new Map(parent === undefined ? [] : this.#known[Number(parent)]);
    const missing = names.filter(([name]) => !choices.has(name));
    // What a resource is made with, its attributes say.
    const attributes = ofFields(parent === undefined ? [] : [['bucket_name', memberOf(receiver, 'name')]]);
    for (const [index, [name, own]] of missing.entries()) {
      const value = given[index] ?? named.get(own) ?? unknown;
      choices.set(name, textsOf(value));
      attributes.fields?.named.set(own, value);
      if (type === 'Table') attributes.fields?.named.set('table_name', value);
    }
    const { symbols } = this.#make(root, type === 'ObjectSummary' ? 'Object' : type, choices);
    return { ...attributes, symbols };
  }

  /** What a call asks AWS for; undefined for what is none of boto3's, or asks for nothing. */
  callsOf(call: OutsideCall): FoundCall[] | undefined {
    const symbol = call.symbol.replace(/^boto3\+([a-z0-9-]+).*?\.meta\.client\./, 'boto3:$1.');
    const [, service = '', method = ''] = /^boto3:([a-z0-9-]+)\.(.+)$/.exec(symbol) ?? [];
    if (service !== '') return ofClient(service, method, call);
    const [, of = '', type = '', index, rest = ''] = resource.exec(symbol) ?? [];
    if (index !== undefined) return ofResource(of, type, this.#known[Number(index)] ?? new Map(), rest, call);
    const [, root = '', own = ''] = /^boto3\+([a-z0-9-]+)\.([a-z]\w*)$/.exec(symbol) ?? [];
    if (own === 'get_queue_by_name') return found(root, 'GetQueueUrl', call.named);
    if (root !== '') return found(root, operationName(own), call.named);
    if (/^boto3\+s3\.buckets\.\w+$/.test(symbol)) return found('s3', 'ListBuckets');
    const [, helper = ''] =
      /^aws_lambda_powertools\.utilities\.parameters\.(?:\w+\.)?(\w+(?:\(\)\.\w+)?)$/.exec(symbol) ?? [];
    // Whether it is used, its decorators tell.
    if (persistence.test(symbol))
      return idempotencyCalls(tableOf(call)).map((each) => ({ ...each, isPossible: true }));
    if (/\.idempotency\.(?:\w+\.)*idempotent(_function)?$/.test(symbol)) {
      const table = call.named.get('persistence_store')?.fields?.named.get('table_name');
      return table && idempotencyCalls(table);
    }
    if (/\.(AppConfigStore|get_app_config)$/.test(symbol) && symbol.startsWith('aws_lambda_powertools.'))
      return configurationCalls();
    const known = helpers[helper];
    if (!known) return undefined;
    const [by, operation, parameter] = known;
    const value = call.arguments[0] ?? call.named.get('name') ?? call.named.get('path');
    return [{ service: by, operation, choices: new Map([[parameter, textsOf(value)]]) }];
  }

  /** Attributes of a table that boto3 asks for when they are first read. */
  loadOf(symbol: string): FoundCall[] {
    const [, service = '', type = '', index, name = ''] = resource.exec(symbol) ?? [];
    const isLoaded = type === 'Table' && tableAttributes.test(name);
    return isLoaded
      ? [{ service, operation: 'DescribeTable', choices: this.#known[Number(index)] ?? new Map() }]
      : [];
  }

  #make(root: string, type: string, choices: Choices): Value {
    const key = JSON.stringify([...choices]);
    let index = this.#known.findIndex((each) => JSON.stringify([...each]) === key);
    if (index < 0) index = this.#known.push(choices) - 1;
    return ofSymbol(`${root}.${type}#${index}`);
  }
}

/** A method that is only known at run time, or one of a resource that is not followed: of EC2's, or a collection's. */
export const asksUnknown = (symbol: string): boolean =>
  /^boto3:[a-z0-9-]+\.get_(waiter|paginator)\(.*\)\.(wait|paginate)$/.test(symbol) ||
  /^boto3[:+][a-z0-9-]+(\.\w+#\d+)?\[\]$/.test(symbol) ||
  (/^boto3\+[a-z0-9-]+(\.\w+#\d+)?(\.[A-Z]\w*\(.*\))?(\.[a-z]\w*)?\.[a-z]\w*$/.test(symbol) &&
    !/\.meta\.|\.(batch_writer|get_available_subresources)$/.test(symbol));

function found(service: string, operation: string, named?: ReadonlyMap<string, Value>): FoundCall[] {
  const call = { service, operation, choices: choicesOf(named) };
  return partsOf(call, named ?? new Map()) ?? [call];
}

function ofClient(
  service: string,
  method: string,
  { arguments: given, named }: OutsideCall,
): FoundCall[] | undefined {
  const [, paged] = /^get_paginator\("(\w+)"\)\.paginate$/.exec(method) ?? [];
  if (paged !== undefined) return found(service, operationName(paged), named);
  const [, awaited = ''] = /^get_waiter\("(\w+)"\)\.wait$/.exec(method) ?? [];
  const asked = waiters[operationName(awaited)];
  if (asked !== undefined) return found(service, asked, named);
  const transfer = service === 's3' ? transfers[method] : undefined;
  if (transfer) {
    const [operation, bucket, key] = transfer;
    const [atBucket, atKey] = [given[bucket] ?? named.get('Bucket'), given[key] ?? named.get('Key')];
    const source = method === 'copy' ? (given[0] ?? named.get('CopySource')) : undefined;
    return [
      ...(source ? [readOf(source)] : []),
      {
        service,
        operation,
        choices: new Map([
          ['Bucket', textsOf(atBucket)],
          ['Key', textsOf(atKey)],
        ]),
      },
    ];
  }
  if (method === 'generate_presigned_url') {
    const [name] = textsOf(given[0] ?? named.get('ClientMethod'));
    const parameters = given[1] ?? named.get('Params');
    return name && /^\w+$/.test(name)
      ? found(service, operationName(name), parameters?.fields?.named)
      : undefined;
  }
  return /^[a-z]\w*$/.test(method) && !notCalls.test(method)
    ? found(service, operationName(method), named)
    : undefined;
}

function ofResource(
  service: string,
  type: string,
  identity: Choices,
  method: string,
  { arguments: given, named }: OutsideCall,
): FoundCall[] | undefined {
  const made = (operation: string, more: Choices = choicesOf(named)): FoundCall[] => [
    { service, operation, choices: new Map([...more, ...identity]) },
  ];
  if (type === 'Table' && /^batch_writer\(\)\.(put|delete)_item$/.test(method)) return made('BatchWriteItem');
  if (type === 'Bucket') {
    if (/^objects\.\w+$/.test(method)) return made('ListObjectsV2');
    if (/^objects\.\w+\(.*\)\.delete$/.test(method)) return made('DeleteObjects');
    const [, ofItem] = /^objects\.\w+\(.*\)\[\]\.(\w+)$/.exec(method) ?? [];
    const single = ofItem === undefined ? undefined : methods.Object?.[ofItem];
    if (single !== undefined) return made(single, new Map([['Key', ['${?}']]]));
    const transfer = /^(up|down)load_file(obj)?$|^copy$/.test(method) ? methods.Bucket?.[method] : undefined;
    if (transfer !== undefined) {
      const key = given[method.startsWith('download') ? 0 : 1] ?? named.get('Key');
      const copied = method === 'copy' ? (given[0] ?? named.get('CopySource')) : undefined;
      return [...(copied ? [readOf(copied)] : []), ...made(transfer, new Map([['Key', textsOf(key)]]))];
    }
  }
  if (type === 'Queue' && /^receive_messages\(\)\[\]\.(delete)$/.test(method)) return made('DeleteMessage');
  const source = /^copy(_from)?$/.test(method) ? (given[0] ?? named.get('CopySource')) : undefined;
  if (type === 'Object' && source) return [readOf(source), ...made(methods.Object?.[method] ?? 'CopyObject')];
  if (isAttribute(type, method)) return undefined;
  const renamed = methods[type]?.[method];
  if (renamed !== undefined) return made(renamed);
  return /^[a-z]\w*$/.test(method) && !notCalls.test(method) && method !== 'batch_writer'
    ? made(operationName(method))
    : undefined;
}
