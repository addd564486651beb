/** IAM's prefix of a service where the SDKs call it otherwise, without case and hyphens. From AWS's service authorization reference. */
const prefixes: Readonly<Record<string, string>> = {
  apigatewaymanagementapi: 'execute-api',
  apigatewayv2: 'apigateway',
  appconfigdata: 'appconfig',
  applicationautoscaling: 'application-autoscaling',
  bedrockagent: 'bedrock',
  bedrockagentruntime: 'bedrock',
  bedrockruntime: 'bedrock',
  cloudwatchevents: 'events',
  cloudwatchlogs: 'logs',
  cognitoidentity: 'cognito-identity',
  cognitoidentityprovider: 'cognito-idp',
  cognitoidentityserviceprovider: 'cognito-idp',
  configservice: 'config',
  costexplorer: 'ce',
  dynamodbstreams: 'dynamodb',
  efs: 'elasticfilesystem',
  elb: 'elasticloadbalancing',
  elbv2: 'elasticloadbalancing',
  elasticloadbalancingv2: 'elasticloadbalancing',
  emr: 'elasticmapreduce',
  eventbridge: 'events',
  iotdata: 'iot',
  iotdataplane: 'iot',
  lexruntimev2: 'lex',
  location: 'geo',
  opensearch: 'es',
  pinpoint: 'mobiletargeting',
  rdsdata: 'rds-data',
  redshiftdata: 'redshift-data',
  sagemakerruntime: 'sagemaker',
  secretsmanager: 'secretsmanager',
  sesv2: 'ses',
  sfn: 'states',
  stepfunctions: 'states',
  transcribeservice: 'transcribe',
};

/** IAM's prefix of a service, as an SDK calls it: `client-secrets-manager`, `SecretsManager`, `stepfunctions`. */
export function prefixOf(service: string): string {
  const plain = service.toLowerCase();
  return prefixes[plain.replaceAll('-', '')] ?? plain;
}
