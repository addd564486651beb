import { constantOf, type OutsideCall, type Value } from '@ringfence/code';
import { type FoundCall, operationName, waiters } from './found-call.ts';
import { middyCalls } from './middy-calls.ts';
import { configurationCalls, idempotencyCalls } from './powertools-calls.ts';
import { choicesOf } from './texts.ts';
import { partsOf } from './transactions.ts';

/** What the document clients, of both versions, call otherwise than the API. */
const documents: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  BatchGet: 'BatchGetItem',
  BatchWrite: 'BatchWriteItem',
  TransactGet: 'TransactGetItems',
  TransactWrite: 'TransactWriteItems',
};
const documented = (operation: string) => documents[operation] ?? operation;

const library = /^@aws-sdk\/(client|lib)-([a-z0-9-]+)\.(.+)$/;
const older = /^aws-sdk(?:\/clients)?[./]([A-Za-z0-9]+)(?:\.js)?(\.DocumentClient)?\(\)\.([a-z]\w*)$/;
const notCalls =
  /^(send|destroy|from|middlewareStack|config|promise|on|once|then|catch|makeRequest|createSet|createReadStream|endpoint|customizeRequests)$/;

const named = (value: Value | undefined) => value?.fields?.named ?? new Map<string, Value>();

function call(service: string, operation: string, parameters: Value | undefined): FoundCall[] {
  const given = named(parameters);
  const found = { service, operation, choices: choicesOf(given) };
  return partsOf(found, given) ?? [found];
}

/** Calls of the third version: commands, aggregated clients, paginators, waiters, and helpers. */
function ofLibrary(symbol: string, given: Value[]): FoundCall[] | undefined {
  const [, kind, name = '', rest = ''] = library.exec(symbol) ?? [];
  if (kind === undefined) return undefined;
  const isDocument = kind === 'lib' && name === 'dynamodb';
  const operation = (text: string) => (isDocument ? documented(text) : text);
  const [, command] = /^(\w+)Command$/.exec(rest) ?? [];
  if (command !== undefined) return call(name, operation(command), given[0]);
  const [, paged] = /^paginate(\w+)$/.exec(rest) ?? [];
  if (paged !== undefined) return call(name, operation(paged), given[1]);
  const [, awaited] = /^waitUntil(\w+)$/.exec(rest) ?? [];
  if (awaited !== undefined) return waiters[awaited] ? call(name, waiters[awaited], given[1]) : undefined;
  if (rest === 'Upload' && name === 'storage') return call('s3', 'PutObject', named(given[0]).get('params'));
  const [, method] = /^\w+(?:\.from)?\(\)\.([a-z]\w*)$/.exec(rest) ?? [];
  if (method === undefined || notCalls.test(method) || (kind === 'lib' && !isDocument)) return undefined;
  return call(name, operation(operationName(method)), given[0]);
}

/** Calls of the second version. */
function ofOlder(symbol: string, given: Value[]): FoundCall[] | undefined {
  const [, name = '', isDocument, method = ''] = older.exec(symbol) ?? [];
  const service = name.toLowerCase();
  const [first, second] = given;
  if (service === '' || notCalls.test(method)) return undefined;
  if (/^getSignedUrl(Promise)?$/.test(method)) {
    const [[part] = []] = first?.texts ?? [];
    return part && 'text' in part ? call(service, operationName(part.text), second) : undefined;
  }
  if (method === 'waitFor') {
    const asked = waiters[operationName(constantOf(first) ?? '')];
    return asked === undefined ? undefined : call(service, asked, second);
  }
  if (/^(upload|createPresignedPost)$/.test(method)) return call(service, 'PutObject', first);
  const operation = operationName(method);
  return call(service, isDocument ? documented(operation) : operation, first);
}

/** Helpers of Powertools, which make the call themselves. */
const helpers: readonly [RegExp, string, string, string][] = [
  [
    /^@aws-lambda-powertools\/parameters\/ssm\.(getParameter|SSMProvider\(\)\.get)$/,
    'ssm',
    'GetParameter',
    'Name',
  ],
  [
    /^@aws-lambda-powertools\/parameters\/ssm\.(getParameters|SSMProvider\(\)\.getMultiple)$/,
    'ssm',
    'GetParametersByPath',
    'Path',
  ],
  [
    /^@aws-lambda-powertools\/parameters\/secrets\.(getSecret|SecretsProvider\(\)\.get)$/,
    'secretsmanager',
    'GetSecretValue',
    'SecretId',
  ],
];

/** The call of Powertools whose names are the members of its first argument: getParametersByName. */
const namesIn = (value: Value | undefined): string[] => [...(value?.fields?.named.keys() ?? [])];

function ofPowertools(symbol: string, given: Value[]): FoundCall[] | undefined {
  const [, of = ''] = /^@aws-lambda-powertools\/(.+)$/.exec(symbol) ?? [];
  if (/^idempotency\/dynamodb\.DynamoDBPersistenceLayer$/.test(of))
    return idempotencyCalls(named(given[0]).get('tableName'));
  if (/^parameters\/appconfig\.(getAppConfig|AppConfigProvider\(\)\.get)$/.test(of))
    return configurationCalls();
  if (/^parameters\/ssm\.(getParametersByName|SSMProvider\(\)\.getParametersByName)$/.test(of))
    return namesIn(given[0]).map((name) => ({
      service: 'ssm',
      operation: 'GetParameters',
      choices: new Map([['Name', [name]]]),
    }));
  return undefined;
}

/** What a call is to AWS's SDKs for JavaScript; undefined for what is none of theirs, or asks AWS for nothing. */
export function javaScriptCall({ symbol, arguments: given }: OutsideCall): FoundCall[] | undefined {
  if (symbol === '@aws-sdk/s3-presigned-post.createPresignedPost') return call('s3', 'PutObject', given[1]);
  if (/^@aws-sdk\/credential-providers\.fromTemporaryCredentials$/.test(symbol))
    return call('sts', 'AssumeRole', named(given[0]).get('params'));
  const mailer = symbol === 'nodemailer.createTransport' ? named(given[0]).get('SES') : undefined;
  // From nodemailer's pages about SES: with the newer client it sends otherwise.
  if (mailer) return call('ses', named(mailer).has('sesClient') ? 'SendEmail' : 'SendRawEmail', undefined);
  for (const [pattern, service, operation, parameter] of helpers)
    if (pattern.test(symbol) && given[0])
      return [{ service, operation, choices: choicesOf(new Map([[parameter, given[0]]])) }];
  return (
    ofPowertools(symbol, given) ??
    middyCalls(symbol, given) ??
    ofLibrary(symbol, given) ??
    ofOlder(symbol, given)
  );
}

/** Wrappers that give back the client they are given: X-Ray's and Powertools'. */
export const isPassingOn = (symbol: string): boolean => /\.capture(AWS|AWSClient|AWSv3Client)$/.test(symbol);

/** A command, or a method, that is not known is sent. */
export const sendsUnknown = ({ symbol, arguments: [command] }: OutsideCall): boolean =>
  /^(@aws-sdk\/(client|lib)-[a-z0-9-]+\.(?!paginate)\w+(\.from)?\(\)|aws-sdk[\w./]*\(\))\[\]$/.test(symbol) ||
  (/^@aws-sdk\/(client|lib)-.*\(\)\.send$/.test(symbol) &&
    !command?.symbols.some((each) => /Command\(\)$/.test(each)));
