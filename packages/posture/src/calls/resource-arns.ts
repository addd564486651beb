import type { SdkCall } from './sdk-call.ts';

type Parameters = Readonly<Record<string, string>>;
/** The ARN of what a call is about, or all of them, with a partition, region and account that stay open. From the service authorization reference. */
type ArnOf = (parameters: Parameters, operation: string) => string | string[] | undefined;

const regional = (service: string, resource: string) =>
  `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`;

/** The ARN by a name, or the ARN that is given in its place; a hole alone may be either, and the template knows which. */
const by = (name: string | undefined, make: (name: string) => string): string | undefined =>
  name === undefined || name === '' || name === '${?}'
    ? undefined
    : name.startsWith('arn:')
      ? name
      : make(name);

const first = (...names: (string | undefined)[]): string | undefined =>
  names.find((name) => name !== undefined);

const bucketActions =
  /^(List(Objects|ObjectsV2|ObjectVersions|MultipartUploads)|HeadBucket|(Get|Put|Delete|Create)(Bucket|PublicAccess)\w*)$/;

/** What a statement of PartiQL is about: `SELECT … FROM "table"."index"`, `INSERT INTO "table"`, `UPDATE "table"`. */
function tableIn(statement: string): Parameters {
  const named = /\b(?:from|into|update)\s+(?:"([^"]+)"(?:\."([^"]+)")?|([\w$][^\s."]*))/i.exec(statement);
  const [, quoted, index, plain = '${?}'] = named ?? [];
  return { TableName: quoted ?? plain, ...(index !== undefined && { IndexName: index }) };
}

const arns: Readonly<Record<string, ArnOf>> = {
  dynamodb: (parameters, operation) => {
    const { StreamArn, ResourceArn, BackupArn } = parameters;
    const { TableName, IndexName } = parameters.Statement ? tableIn(parameters.Statement) : parameters;
    const table = by(TableName, (name) => regional('dynamodb', `table/${name}`));
    if (table === undefined) return first(StreamArn, ResourceArn, BackupArn);
    if (IndexName === undefined || !/^(Query|Scan|ExecuteStatement)$/.test(operation)) return table;
    const index = `${table}/index/${IndexName}`;
    // What is not known may be no index at all.
    return IndexName === '${?}' ? [table, index] : index;
  },
  s3: ({ Bucket, Key = '${?}' }, operation) => {
    if (Bucket === undefined || Bucket === '${?}') return undefined;
    const bucket = Bucket.startsWith('arn:') ? Bucket : `arn:\${AWS::Partition}:s3:::${Bucket}`;
    return bucketActions.test(operation)
      ? bucket
      : `${bucket}/${operation === 'DeleteObjects' ? '${?}' : Key}`;
  },
  sqs: ({
    QueueUrl,
    QueueName = QueueUrl?.startsWith(OF_NAME) ? QueueUrl.slice(OF_NAME.length) : undefined,
  }) => by(first(QueueName, QueueUrl), (name) => (QueueName === undefined ? name : regional('sqs', name))),
  sns: ({ TopicArn, TargetArn, PhoneNumber }) =>
    first(TopicArn, TargetArn) ?? (PhoneNumber === undefined ? undefined : '*'),
  lambda: ({ FunctionName }) => by(FunctionName, (name) => regional('lambda', `function:${name}`)),
  secretsmanager: ({ SecretId }) =>
    by(SecretId, (name) => regional('secretsmanager', `secret:${name}-??????`)),
  // By a path it is the path itself that is looked at, as AWS's error messages name it.
  ssm: ({ Name, Path }) =>
    by(first(Name, Path), (name) => regional('ssm', `parameter/${name.replace(/^\//, '')}`)),
  states: ({ stateMachineArn, executionArn }) => first(stateMachineArn, executionArn),
  kinesis: ({ StreamName, StreamARN }) =>
    StreamARN ?? by(StreamName, (name) => regional('kinesis', `stream/${name}`)),
  events: ({ EventBusName = 'default' }, operation) =>
    operation === 'PutEvents'
      ? by(EventBusName, (name) => regional('events', `event-bus/${name}`))
      : undefined,
  firehose: ({ DeliveryStreamName }) =>
    by(DeliveryStreamName, (name) => regional('firehose', `deliverystream/${name}`)),
  // An alias stands for a key that only the account knows, unless the template has both.
  kms: ({ KeyId }) => by(KeyId, (name) => regional('kms', `key/${name}`)),
  'cognito-idp': ({ UserPoolId }) => by(UserPoolId, (name) => regional('cognito-idp', `userpool/${name}`)),
  'rds-data': ({ resourceArn }) => resourceArn,
  sts: ({ RoleArn }) => RoleArn,
  // With `:*` behind the group, as its user guide asks for in policies ("CloudWatch Logs resources and operations").
  logs: ({ logGroupName, logStreamName }) =>
    by(logGroupName, (name) =>
      regional(
        'logs',
        `log-group:${name}:${logStreamName === undefined ? '*' : `log-stream:${logStreamName}`}`,
      ),
    ),
  iot: ({ topic, thingName }) =>
    topic === undefined
      ? by(thingName, (name) => regional('iot', `thing/${name}`))
      : by(topic, (name) => regional('iot', `topic/${name}`)),
  appsync: ({ apiId }) => by(apiId, (name) => regional('appsync', `apis/${name}/*`)),
  bedrock: ({ modelId }, operation) => (ofModel.test(operation) ? modelArns(modelId) : undefined),
  ses: ({ FromEmailAddressIdentityArn, SourceArn, FromEmailAddress, Source }) =>
    first(FromEmailAddressIdentityArn, SourceArn) ?? identityOf(first(FromEmailAddress, Source)),
  athena: ({ WorkGroup = 'primary' }, operation) =>
    operation === 'StartQueryExecution'
      ? by(WorkGroup, (name) => regional('athena', `workgroup/${name}`))
      : undefined,
  scheduler: ({ GroupName = 'default', Name }) =>
    Name === undefined ? undefined : regional('scheduler', `schedule/${GroupName}/${Name}`),
  // A configuration may be named by names, where its ARN has ids.
  appconfig: ({ ApplicationIdentifier, EnvironmentIdentifier, ConfigurationProfileIdentifier }) =>
    ApplicationIdentifier === undefined
      ? undefined
      : regional(
          'appconfig',
          `application/${idOf(ApplicationIdentifier)}/environment/${idOf(EnvironmentIdentifier)}/configuration/${idOf(ConfigurationProfileIdentifier)}`,
        ),
  iam: ({ RoleArn, RoleName }) =>
    RoleArn ?? by(RoleName, (name) => `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${name}`),
};

/** Before a queue's name where the code has it as an address that it asked for by the name. */
export const OF_NAME = 'name:';

const idOf = (text = '${?}'): string => (/^\$\{[^?}]+\}$|^[a-z0-9]{4,7}$/.test(text) ? text : '${?}');

const ofModel = /^(InvokeModel|Converse)/;
const profile = /^(us|us-gov|eu|apac|jp|au|ca|sa|me|global)\.(.+)$/;

/**
 * A model, or an inference profile with the model in each of its regions. From "Prerequisites for inference profiles" in the user guide of Amazon
 * Bedrock.
 */
function modelArns(modelId: string | undefined): string | string[] | undefined {
  const model = (region: string, name: string) =>
    `arn:\${AWS::Partition}:bedrock:${region}::foundation-model/${name}`;
  const [, , profiled] = profile.exec(modelId ?? '') ?? [];
  if (profiled === undefined) return by(modelId, (name) => model('${AWS::Region}', name));
  return [regional('bedrock', `inference-profile/${modelId}`), model('*', profiled)];
}

/**
 * The identity that mail comes from, which is an address or its whole domain, as it was verified. From "Identity and access management in Amazon SES"
 * of its developer guide.
 */
function identityOf(sender: string | undefined): string | undefined {
  const [, domain] = /@([^<>@\s]+)>?\s*$/.exec(sender ?? '') ?? [];
  return domain === undefined ? undefined : regional('ses', `identity/\${?}${domain}`);
}

/** The resources of a call in the Fn::Sub form; undefined where they are not known. */
export function resourcesOf({ service, operation, parameters }: SdkCall): string[] | undefined {
  const found = arns[service]?.(parameters, operation);
  if (found === undefined || found === '${?}') return undefined;
  return typeof found === 'string' ? [found] : found;
}
