import { isMembers, listOf, type Members, membersOf } from '../graph/json.ts';
import type { Place } from '../template/place.ts';
import { grantsOfConstructs } from './lift.ts';
import { destinationOf, type Made, type Service } from './service.ts';

const managed = (name: string) => ({
  'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/service-role/${name}`,
});

/** What reading from an event source takes. */
const polling: Readonly<Record<string, string[]>> = {
  sqs: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  dynamodb: [
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:DescribeStream',
    'dynamodb:ListStreams',
  ],
  kinesis: [
    'kinesis:GetRecords',
    'kinesis:GetShardIterator',
    'kinesis:DescribeStreamSummary',
    'kinesis:ListShards',
  ],
  msk: ['kafka:DescribeCluster', 'kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'],
};

const allow = (actions: string[], resource: unknown) => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resource,
});

/** The source of an event that Lambda polls, and what kind of source it is. */
export function polledSource(event: Members): { kind: string; arn: unknown } | undefined {
  const [[name, value] = ['', undefined]] = Object.entries(event);
  const arn = isMembers(value) && 'arn' in value ? value.arn : value;
  if (name === 'sqs' || name === 'msk') return { kind: name, arn };
  if (name !== 'stream') return undefined;
  const said = isMembers(value) ? value.type : undefined;
  return {
    kind: said === 'dynamodb' || /dynamodb|StreamArn/.test(JSON.stringify(arn)) ? 'dynamodb' : 'kinesis',
    arn,
  };
}

/** What sending an event to a destination takes, by the type that is said or that the ARN shows. */
function sending(service: Service, value: unknown): unknown[] {
  const arn = destinationOf(service, value);
  // A function is named by its key, and everything else by its ARN.
  const shown = typeof arn === 'string' ? arn.split(':')[2] : 'function';
  const type = String(isMembers(value) ? value.type : shown);
  const actions: Readonly<Record<string, string>> = {
    function: 'lambda:InvokeFunction',
    lambda: 'lambda:InvokeFunction',
    sqs: 'sqs:SendMessage',
    sns: 'sns:Publish',
    eventBus: 'events:PutEvents',
    events: 'events:PutEvents',
  };
  const action = actions[type];
  return action === undefined ? [] : [allow([action], [arn])];
}

/** What the framework lets every role do: log, trace, poll, and send on what failed. */
function ownStatements(service: Service, functions: readonly Members[]): unknown[] {
  const groups = {
    'Fn::Sub': 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/',
  };
  const logs = { 'Fn::Join': ['', [groups, service.name, '-', { 'Fn::Sub': service.stage }, '*:*']] };
  const sources = functions.flatMap((own) =>
    listOf(own.events).flatMap((event) => (isMembers(event) ? (polledSource(event) ?? []) : [])),
  );
  const tracing =
    membersOf(service.provider.tracing).lambda ?? functions.some((own) => own.tracing !== undefined);
  return [
    allow(['logs:CreateLogStream', 'logs:CreateLogGroup', 'logs:TagResource', 'logs:PutLogEvents'], [logs]),
    ...sources.map(({ kind, arn }) => allow(polling[kind] ?? [], [arn])),
    ...functions.flatMap(({ onError }) => (onError === undefined ? [] : [allow(['sns:Publish'], onError)])),
    ...functions
      .flatMap((own) => [own, ...listOf(own.events).map((event) => membersOf(membersOf(event).stream))])
      .flatMap(({ destinations }) => Object.values(membersOf(destinations)))
      .flatMap((value) => sending(service, value)),
    ...grantsOfConstructs(service.config),
    ...(tracing ? [allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*'])] : []),
  ];
}

/** What a role is made of, wherever its parts are written. */
export interface RoleParts {
  statements: readonly unknown[];
  managedPolicies: readonly unknown[];
  boundary: unknown;
  place: Place | undefined;
}

/** A role for these functions. */
export function compileRole(
  service: Service,
  id: string,
  parts: RoleParts,
  functions: readonly Members[],
): Made {
  const { statements, managedPolicies, boundary, place } = parts;
  const isInVpc = service.provider.vpc !== undefined || functions.some((own) => own.vpc !== undefined);
  return {
    id,
    type: 'AWS::IAM::Role',
    place,
    properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com'] }, Action: ['sts:AssumeRole'] },
        ],
      },
      ManagedPolicyArns: [
        ...(isInVpc ? [managed('AWSLambdaVPCAccessExecutionRole')] : []),
        ...managedPolicies,
      ],
      Policies: [
        { PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: [...statements] } },
        {
          PolicyName: 'framework',
          ReadyMade: 'Serverless Framework',
          PolicyDocument: { Version: '2012-10-17', Statement: ownStatements(service, functions) },
        },
      ],
      ...(boundary !== undefined && { PermissionsBoundary: boundary }),
    },
  };
}
