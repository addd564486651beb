import { isMembers, type Members } from '../graph/json.ts';
import { placeIn, type Resource } from '../resource.ts';
import { keepPlace } from '../template/place.ts';
import { fillTemplate } from './fill-template.ts';
import { OF_SAM, sendingPolicy } from './sending-policy.ts';

const managed = (name: string) => `arn:\${AWS::Partition}:iam::aws:policy/${name}`;

/** The managed policies with which SAM lets a function read from what brings its events. */
const ofEvent: Readonly<Record<string, string>> = {
  SQS: 'service-role/AWSLambdaSQSQueueExecutionRole',
  Kinesis: 'service-role/AWSLambdaKinesisExecutionRole',
  DynamoDB: 'service-role/AWSLambdaDynamoDBExecutionRole',
  MSK: 'service-role/AWSLambdaMSKExecutionRole',
};

const listOf = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

const isDocument = (policy: Members) => 'Statement' in policy;

/** The role that SAM makes for a function or a state machine that names none. */
export function expandRole(resource: Resource, properties: Members, service: string): Resource {
  const policies = listOf(properties.Policies);
  const inline = policies
    .filter(isMembers)
    .flatMap((policy) =>
      isDocument(policy)
        ? [{ PolicyDocument: policy }]
        : Object.keys(policy).map((template) => fillTemplate(template, policy)),
    );
  const names = policies.filter((policy): policy is string => typeof policy === 'string');
  const events = Object.values(isMembers(properties.Events) ? properties.Events : {}).flatMap((event) => {
    const name = isMembers(event) ? ofEvent[String(event.Type)] : undefined;
    return name ? [managed(name)] : [];
  });
  const isFunction = service === 'lambda.amazonaws.com';
  const sending = isFunction ? sendingPolicy(properties) : undefined;
  const place = placeIn(resource, 'Policies');
  return {
    id: `${resource.id}Role`,
    type: 'AWS::IAM::Role',
    dependsOn: [],
    ...(place && { place }),
    properties: keepPlace(resource.properties, {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
      },
      ManagedPolicyArns: [
        ...(isFunction ? [managed('service-role/AWSLambdaBasicExecutionRole')] : []),
        ...(isFunction && properties.VpcConfig
          ? [managed('service-role/AWSLambdaVPCAccessExecutionRole')]
          : []),
        ...(properties.Tracing === 'Active' ? [managed('AWSXRayDaemonWriteAccess')] : []),
        ...events,
        ...names.map((name) => (name.startsWith('arn:') || name.startsWith('${') ? name : managed(name))),
      ].filter((name, index, all) => all.indexOf(name) === index),
      Policies: [...inline, ...(sending ? [{ ReadyMade: OF_SAM, PolicyDocument: sending }] : [])].map(
        (policy, index) => ({
          PolicyName: `${resource.id}RolePolicy${index}`,
          ...policy,
        }),
      ),
      ...(properties.PermissionsBoundary !== undefined && {
        PermissionsBoundary: properties.PermissionsBoundary,
      }),
    }),
  };
}
