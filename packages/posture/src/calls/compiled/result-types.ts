import type { Shape } from './shape.ts';

/** A client, or what makes one. */
const client = /(Client|Presigner|Manager|Mapper|Provider|Store)(Builder)?$|^I?(Amazon|AWS)\w+$|^DynamoDB$/;
const makes =
  /^(create|builder|crtCreate|crtBuilder|standard|defaultClient|build|defaultTransferManager|getInstance)$|^(?:with|set)[A-Z]|^(region|credentialsProvider|httpClient\w*|endpointOverride|overrideConfiguration|dynamoDbClient|s3Client|serviceConfiguration|crossRegionAccessEnabled|client|multipartEnabled|extensions|enableFallback|asyncConfiguration|defaultsMode|forcePathStyle|accelerate|dualstackEnabled)$/;
/** What is got from helpers of the SDKs, by what is asked for. */
const made: readonly [on: RegExp, asked: RegExp, type: string][] = [
  [/^DynamoDbEnhancedClient$/, /^table$/, 'DynamoDbTable'],
  [/^DynamoDbEnhancedAsyncClient$/, /^table$/, 'DynamoDbTable'],
  [/^DynamoDb(Async)?Table$/, /^index$/, 'DynamoDbIndex'],
  [/^DynamoDB$/, /^getTable$/, 'Table'],
  [/^Table$/, /^getIndex$/, 'Index'],
  [/^(Table|DynamoDBTable)$/, /^(LoadTable|TryLoadTable)$/, 'Table'],
  [/^I?DynamoDBContext$/, /^GetTargetTable$/, 'Table'],
  [/^TableBuilder$/, /^Add\w+$/, 'TableBuilder'],
  [/^TableBuilder$/, /^Build$/, 'Table'],
  [/^DynamoDBContextBuilder$/, /^(With\w+|ConfigureContext)$/, 'DynamoDBContextBuilder'],
  [/^DynamoDBContextBuilder$/, /^Build$/, 'DynamoDBContext'],
  [/^ParamManager$/, /^getSsmProvider$/, 'SSMProvider'],
  [/^ParamManager$/, /^getSecretsProvider$/, 'SecretsProvider'],
  [/^ParametersManager$/, /^SsmProvider$/, 'SSMProvider'],
  [/^ParametersManager$/, /^SecretsProvider$/, 'SecretsProvider'],
  [
    /^(SSM|Secrets)Provider$/,
    /^(with\w+|WithDecryption|WithMaxAge|WithTransformation|recursive|Recursive)$/,
    '',
  ],
];

/** The type of what a member outside of the program gives back, where it is a client or a helper; undefined where it is something else. */
export function resultType(on: string, asked: string): string | undefined {
  for (const [types, names, type] of made) if (types.test(on) && names.test(asked)) return type || on;
  if (!client.test(on)) return undefined;
  return makes.test(asked) || /^(waiter|waiters|Paginators)$/.test(asked) ? on : undefined;
}

/** The type of what a mapper of objects gives back: objects of the class that it is asked for. */
export function mappedType(
  written: string,
  { name, given, generics }: Extract<Shape, { is: 'call' }>,
): string | undefined {
  // What is searched for comes in lists.
  if (/^List</.test(written) && /^Get(Remaining|NextSet)Async$/.test(name)) return written;
  if (!/^(I?DynamoDBMapper|I?DynamoDBContext)\b/.test(written)) return undefined;
  const [, of] = /^(\w+)\.class$/.exec(given[0]?.value.text ?? '') ?? [];
  const mapped = generics[0] ?? of;
  if (mapped === undefined) return undefined;
  return /^load/i.test(name) ? mapped : `List<${mapped}>`;
}
