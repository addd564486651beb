// What the SDKs call a service where its endpoint is called otherwise; all others are called alike. From the endpoint rules of AWS's service models.
const endpoints: Readonly<Record<string, string[]>> = {
  apigatewaymanagementapi: ['*.execute-api'],
  cloudwatch: ['monitoring'],
  cloudwatchevents: ['events'],
  cloudwatchlogs: ['logs'],
  cognitoidentity: ['cognito-identity'],
  cognitoidentityprovider: ['cognito-idp'],
  // Newer SDKs put the account in front.
  dynamodb: ['dynamodb', '*.ddb'],
  dynamodbstreams: ['streams.dynamodb'],
  ecr: ['api.ecr'],
  eventbridge: ['events'],
  iotdata: ['*.iot', 'data-ats.iot'],
  iotdataplane: ['*.iot', 'data-ats.iot'],
  opensearch: ['es'],
  // Buckets are a part of the name, or of the path.
  s3: ['s3', '*.s3'],
  ses: ['email'],
  sesv2: ['email'],
  sfn: ['states'],
  stepfunctions: ['states'],
  bedrockruntime: ['bedrock-runtime'],
  bedrockagentruntime: ['bedrock-agent-runtime'],
  rdsdata: ['rds-data'],
  translate: ['translate'],
};
const global: Readonly<Record<string, string>> = {
  iam: 'iam.amazonaws.com:443',
  route53: 'route53.amazonaws.com:443',
  cloudfront: 'cloudfront.amazonaws.com:443',
};

/** Where the client of an SDK connects to, for the service as the SDK calls it: `client-cognito-identity-provider`, `cognito-idp`, `DynamoDB`. */
export function hostsOfService(service: string): string[] {
  const plain = service.toLowerCase();
  const name = plain.replaceAll('-', '');
  const one = global[name];
  if (one !== undefined) return [one];
  return (endpoints[name] ?? [name === 'secretsmanager' ? name : plain]).map(
    (prefix) => `${prefix}.*.amazonaws.com:443`,
  );
}

const clients = [
  /^@aws-sdk\/(?:client|lib)-([a-z0-9-]+)\./,
  /^@aws-sdk\/(s3)-(?:request-presigner|presigned-post)\./,
  /^aws-sdk(?:\/clients)?[./]([A-Za-z0-9]+)/,
  /^boto3(?:\.(?:session\.)?Session\(\))?\.(?:client|resource)\("([a-z0-9-]+)"\)/,
];

/** `lib-…` of a package whose client has another name. */
const libraries: Readonly<Record<string, string>> = { storage: 's3' };

/** The service that a call outside of the program belongs to, as its SDK calls it; undefined for what is no SDK's. */
export function serviceOf(symbol: string): string | undefined {
  for (const pattern of clients) {
    const [, name] = pattern.exec(symbol) ?? [];
    if (name !== undefined) return libraries[name] ?? name;
  }
  return undefined;
}
