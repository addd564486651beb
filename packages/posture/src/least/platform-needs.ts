import { type FunctionNode, ofType } from '../graph/build-graph.ts';
import { listOf, membersOf, textsOf } from '../graph/json.ts';
import { functionsIn } from '../graph/triggers.ts';
import type { Inventory } from '../resource.ts';
import type { Arns } from './arns.ts';
import type { FunctionNeed } from './function-needs.ts';
import { idleKeys } from './idle-keys.ts';
import { layerNeeds } from './layer-needs.ts';

const needsOf = (
  why: string,
  certainty: FunctionNeed['certainty'],
  resource: string | undefined,
  actions: string,
): FunctionNeed[] => actions.split(' ').map((action) => ({ action, resource, why, certainty }));

// What Lambda's documentation asks of the execution role for each event source, by the service in its ARN; the first are those without which
// the mapping can't be made.
const ofNetwork =
  'ec2:CreateNetworkInterface ec2:DescribeNetworkInterfaces ec2:DeleteNetworkInterface ec2:DescribeVpcs ec2:DescribeSubnets ec2:DescribeSecurityGroups';
const sources: Readonly<Record<string, [required: string, used: string]>> = {
  sqs: ['sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
  kinesis: [
    'kinesis:GetRecords kinesis:GetShardIterator',
    'kinesis:DescribeStream kinesis:DescribeStreamSummary kinesis:ListShards kinesis:ListStreams kinesis:SubscribeToShard kinesis:DescribeStreamConsumer',
  ],
  dynamodb: [
    'dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:DescribeStream',
    'dynamodb:ListStreams dynamodb:ListShards',
  ],
  kafka: ['', `kafka:* kafka-cluster:* secretsmanager:GetSecretValue ${ofNetwork}`],
  mq: ['', `mq:DescribeBroker secretsmanager:GetSecretValue ec2:DescribeRouteTables ${ofNetwork}`],
  rds: [
    '',
    `rds:DescribeDBClusters rds:DescribeDBClusterParameters rds:DescribeDBSubnetGroups secretsmanager:GetSecretValue ${ofNetwork}`,
  ],
};

const destinations: Readonly<Record<string, string>> = {
  sqs: 'sqs:SendMessage',
  sns: 'sns:Publish',
  lambda: 'lambda:InvokeFunction',
  events: 'events:PutEvents',
  s3: 's3:PutObject s3:ListBucket',
};

const serviceOf = (arn: string): string | undefined => /^arn:[^:]*:([a-z0-9-]+):/.exec(arn)?.[1];

/** What Lambda does with the role for an event source. */
function ofSource(source: string, arns: Arns): FunctionNeed[] {
  const service = serviceOf(arns.full(source));
  const why = 'Lambda reads what starts the function';
  const chosen = service === undefined ? Object.values(sources) : [sources[service]];
  return chosen.flatMap((actions) => {
    if (!actions) return [];
    const [required, used] = actions;
    if (service === undefined) return needsOf(why, 'possible', undefined, `${required} ${used}`.trim());
    return [
      ...(required === '' ? [] : needsOf(why, 'required', source, required)),
      ...needsOf(why, 'used', undefined, used),
    ];
  });
}

/** What Lambda does with the role to tell the outcome of a call. */
function ofDestination(target: unknown, arns: Arns): FunctionNeed[] {
  if (typeof target !== 'string') return [];
  const service = serviceOf(arns.full(target));
  const why = 'Lambda sends what failed or came out';
  if (service === undefined)
    return Object.values(destinations).flatMap((actions) => needsOf(why, 'possible', undefined, actions));
  const actions = destinations[service];
  if (!actions) return [];
  // Of a bucket objects are written, whose names are not known.
  return service === 's3'
    ? needsOf(why, 'used', undefined, actions)
    : needsOf(why, 'required', target, actions);
}

const destinationsOf = (config: unknown): unknown[] =>
  Object.values(membersOf(config)).map((each) => membersOf(each).Destination);

/** What the platform does with the function's role: logs, networks, traces, event sources, destinations, layers. */
export function platformNeeds(node: FunctionNode, inventory: Inventory, arns: Arns): FunctionNeed[] {
  const of = node.resource.properties;
  const isOwn = (name: unknown) => functionsIn(name, inventory.resources).includes(node.id);
  const mappings = ofType(inventory, 'AWS::Lambda::EventSourceMapping').filter(({ properties }) =>
    isOwn(properties.FunctionName),
  );
  const configurations = ofType(inventory, 'AWS::Lambda::EventInvokeConfig').filter(({ properties }) =>
    isOwn(properties.FunctionName),
  );
  const ofEvents = node.triggers
    .filter(
      ({ kind }) =>
        kind === 'event-source' || /^(SQS|Kinesis|DynamoDB|MSK|MQ|DocumentDB|SelfManagedKafka)$/.test(kind),
    )
    .map(({ source }) => source ?? '');
  const targets = [
    membersOf(of.DeadLetterConfig).TargetArn,
    ...[...mappings, ...configurations].flatMap(({ properties }) =>
      destinationsOf(properties.DestinationConfig),
    ),
    ...node.triggers.flatMap(({ resource }) =>
      destinationsOf(membersOf(resource.properties.Event).DestinationConfig),
    ),
  ];
  const connects = 'Lambda connects the function with its network';
  const traces =
    'xray:PutTelemetryRecords xray:GetSamplingRules xray:GetSamplingTargets xray:GetSamplingStatisticSummaries';
  const isTraced = membersOf(of.TracingConfig).Mode === 'Active';
  return [
    ...needsOf(
      'Lambda writes the log',
      'used',
      undefined,
      'logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents',
    ),
    ...(of.VpcConfig === undefined
      ? []
      : [
          ...needsOf(
            connects,
            'required',
            '*',
            'ec2:CreateNetworkInterface ec2:DescribeNetworkInterfaces ec2:DeleteNetworkInterface',
          ),
          ...needsOf(
            connects,
            'used',
            undefined,
            'ec2:DescribeSubnets ec2:AssignPrivateIpAddresses ec2:UnassignPrivateIpAddresses',
          ),
          ...needsOf(
            connects,
            'possible',
            undefined,
            'ec2:DescribeVpcs ec2:DescribeSecurityGroups ec2:GetSecurityGroupsForVpc',
          ),
        ]),
    ...(isTraced
      ? [
          ...needsOf('Lambda writes traces', 'required', '*', 'xray:PutTraceSegments'),
          ...needsOf('Lambda writes traces', 'used', '*', traces),
        ]
      : needsOf('the code may write traces', 'possible', undefined, `xray:PutTraceSegments ${traces}`)),
    ...(listOf(of.FileSystemConfigs).length > 0
      ? needsOf(
          'Lambda mounts the file system',
          'used',
          undefined,
          'elasticfilesystem:ClientMount elasticfilesystem:ClientWrite elasticfilesystem:ClientRootAccess elasticfilesystem:DescribeMountTargets',
        )
      : []),
    // Other services use keys in the role's name, which no code shows.
    ...needsOf(
      'services decrypt and encrypt for the function',
      'possible',
      undefined,
      'kms:Decrypt kms:Encrypt kms:GenerateDataKey kms:GenerateDataKeyWithoutPlaintext kms:DescribeKey kms:ReEncryptFrom kms:ReEncryptTo kms:CreateGrant',
    ).map((need) => ({ ...need, notOn: idleKeys(inventory, arns) })),
    ...ofEvents.flatMap((source) => ofSource(source, arns)),
    ...targets.flatMap((target) => ofDestination(target, arns)),
    ...textsOf(of.Layers).flatMap((layer) =>
      (layerNeeds(layer) ?? []).flatMap((action) =>
        needsOf('a layer may do it', 'possible', undefined, action),
      ),
    ),
  ];
}
