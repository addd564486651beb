/** A client, or what makes one. */
const client = /(Client|Presigner|Manager|Mapper|Provider|Store)(Builder)?$|^I?(Amazon|AWS)\w+$|^DynamoDB$/;
const makes =
  /^(create|builder|standard|defaultClient|build|defaultTransferManager|getInstance)$|^(?:with|set)[A-Z]|^(region|credentialsProvider|httpClient\w*|endpointOverride|overrideConfiguration|dynamoDbClient|s3Client|serviceConfiguration|crossRegionAccessEnabled|client|multipartEnabled|extensions|enableFallback|asyncConfiguration|defaultsMode|forcePathStyle|accelerate|dualstackEnabled)$/;
/** What is got from helpers of the SDKs, by what is asked for. */
const made: readonly [on: RegExp, asked: RegExp, type: string][] = [
  [/^DynamoDbEnhancedClient$/, /^table$/, 'DynamoDbTable'],
  [/^DynamoDbEnhancedAsyncClient$/, /^table$/, 'DynamoDbTable'],
  [/^DynamoDb(Async)?Table$/, /^index$/, 'DynamoDbIndex'],
  [/^DynamoDB$/, /^getTable$/, 'Table'],
  [/^Table$/, /^getIndex$/, 'Index'],
  [/^(Table|DynamoDBTable)$/, /^(LoadTable|TryLoadTable)$/, 'Table'],
  [/^I?DynamoDBContext$/, /^GetTargetTable$/, 'Table'],
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
