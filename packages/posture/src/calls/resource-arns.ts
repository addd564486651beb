import type { SdkCall } from './sdk-call.ts';

type Parameters = Readonly<Record<string, string>>;
/** The ARN of what a call is about, with a partition, region and account that stay open. From the service authorization reference. */
type ArnOf = (parameters: Parameters, operation: string) => string | undefined;

const regional = (service: string, resource: string) =>
  `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`;

/** The ARN by a name, or the ARN that is given in its place; a hole alone may be either, and the template knows which. */
const by = (name: string | undefined, make: (name: string) => string): string | undefined =>
  name === undefined || name === '${?}' ? undefined : name.startsWith('arn:') ? name : make(name);

const first = (...names: (string | undefined)[]): string | undefined =>
  names.find((name) => name !== undefined);

const bucketActions =
  /^(List(Objects|ObjectsV2|ObjectVersions|MultipartUploads)|HeadBucket|(Get|Put|Delete|Create)(Bucket|PublicAccess)\w*)$/;

const arns: Readonly<Record<string, ArnOf>> = {
  dynamodb: ({ TableName, IndexName }, operation) =>
    by(TableName, (name) =>
      regional(
        'dynamodb',
        `table/${name}${IndexName === undefined || !/^(Query|Scan)$/.test(operation) ? '' : `/index/${IndexName}`}`,
      ),
    ),
  s3: ({ Bucket, Key = '${?}' }, operation) => {
    if (Bucket === undefined || Bucket === '${?}') return undefined;
    const bucket = Bucket.startsWith('arn:') ? Bucket : `arn:\${AWS::Partition}:s3:::${Bucket}`;
    return bucketActions.test(operation)
      ? bucket
      : `${bucket}/${operation === 'DeleteObjects' ? '${?}' : Key}`;
  },
  sqs: ({ QueueUrl, QueueName }) =>
    by(first(QueueUrl, QueueName), (name) => (QueueUrl === undefined ? regional('sqs', name) : name)),
  sns: ({ TopicArn, TargetArn, PhoneNumber }) =>
    first(TopicArn, TargetArn) ?? (PhoneNumber === undefined ? undefined : '*'),
  lambda: ({ FunctionName }) => by(FunctionName, (name) => regional('lambda', `function:${name}`)),
  secretsmanager: ({ SecretId }) =>
    by(SecretId, (name) => regional('secretsmanager', `secret:${name}-??????`)),
  ssm: ({ Name, Path }) =>
    by(first(Name, Path), (name) =>
      regional('ssm', `parameter/${name.replace(/^\//, '')}${Path === undefined ? '' : '/*'}`),
    ),
  states: ({ stateMachineArn, executionArn }) => first(stateMachineArn, executionArn),
  kinesis: ({ StreamName, StreamARN }) =>
    StreamARN ?? by(StreamName, (name) => regional('kinesis', `stream/${name}`)),
  events: ({ EventBusName = 'default' }, operation) =>
    operation === 'PutEvents'
      ? by(EventBusName, (name) => regional('events', `event-bus/${name}`))
      : undefined,
  firehose: ({ DeliveryStreamName }) =>
    by(DeliveryStreamName, (name) => regional('firehose', `deliverystream/${name}`)),
  kms: ({ KeyId }) => by(KeyId, (name) => regional('kms', `key/${name}`)),
  'cognito-idp': ({ UserPoolId }) => by(UserPoolId, (name) => regional('cognito-idp', `userpool/${name}`)),
  'rds-data': ({ resourceArn }) => resourceArn,
  sts: ({ RoleArn }) => RoleArn,
  logs: ({ logGroupName, logStreamName }) =>
    by(logGroupName, (name) =>
      regional(
        'logs',
        `log-group:${name}${logStreamName === undefined ? '' : `:log-stream:${logStreamName}`}`,
      ),
    ),
  iot: ({ topic, thingName }) =>
    topic === undefined
      ? by(thingName, (name) => regional('iot', `thing/${name}`))
      : by(topic, (name) => regional('iot', `topic/${name}`)),
  appsync: ({ apiId }) => by(apiId, (name) => regional('appsync', `apis/${name}/*`)),
  bedrock: ({ modelId }) =>
    by(modelId, (name) => `arn:\${AWS::Partition}:bedrock:\${AWS::Region}::foundation-model/${name}`),
};

/** The resources of a call in the Fn::Sub form; undefined where they are not known. */
export function resourcesOf({ service, operation, parameters }: SdkCall): string[] | undefined {
  const arn = arns[service]?.(parameters, operation);
  return arn === undefined || arn === '${?}' ? undefined : [arn];
}
