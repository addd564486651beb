import { isMembers, type Members, membersOf } from '../graph/json.ts';
import { keepPlace, notePlace, type Place, placeOf } from '../template/place.ts';
import { hole } from '../template/substitution.ts';
import { attribute, logicalName, type Made } from './service.ts';

// From the pages of serverless-lift about its constructs.
type Config = Readonly<Record<string, unknown>>;

const constructsOf = ({ constructs }: Config): [name: string, construct: Members][] =>
  Object.entries(membersOf(constructs)).filter((entry): entry is [string, Members] => isMembers(entry[1]));

/** As the variables of the service name it. */
const output = (name: string, property: string) => hole(`Serverless:construct:${name}.${property}`);

/** The functions that stand in constructs: workers of queues, authorizers of webhooks. */
export function functionsOfConstructs(config: Config): Members {
  const functions: Record<string, unknown> = {};
  const places = new Map<string, Place>();
  for (const [name, construct] of constructsOf(config))
    for (const [member, suffix, events] of [
      ['worker', 'Worker', [{ sqs: { arn: { 'Fn::Sub': output(name, 'queueArn') } } }]],
      ['authorizer', 'Authorizer', [{ construct: name }]],
    ] as const) {
      const written = construct[member];
      if (!isMembers(written)) continue;
      functions[`${name}${suffix}`] = keepPlace(written, { ...written, events });
      const place = placeOf(construct, member);
      if (place) places.set(`${name}${suffix}`, place);
    }
  const [first] = places.values();
  if (first) notePlace(functions, first, places);
  return functions;
}

/** What the plugin lets all functions do with its constructs. */
export function grantsOfConstructs(config: Config): Members[] {
  if (membersOf(config.lift).automaticPermissions === false) return [];
  const allow = (Action: string[], ...resources: string[]): Members => ({
    Effect: 'Allow',
    Action,
    Resource: resources.map((each) => ({ 'Fn::Sub': each })),
  });
  return constructsOf(config).flatMap(([name, { type }]) => {
    if (type === 'queue') return [allow(['sqs:SendMessage'], output(name, 'queueUrl'))];
    if (type === 'storage') {
      const bucket = `arn:aws:s3:::${output(name, 'bucketName')}`;
      return [
        allow(['s3:PutObject', 's3:GetObject', 's3:DeleteObject', 's3:ListBucket'], bucket, `${bucket}/*`),
      ];
    }
    if (type === 'dynamodb-single-table' || type === 'database/dynamodb-single-table') {
      const table = `arn:aws:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/${output(name, 'tableName')}`;
      const item = ['Get', 'BatchGet', 'Put', 'BatchWrite', 'Update', 'Delete'].map(
        (each) => `dynamodb:${each}Item`,
      );
      return [
        allow(
          [...item, 'dynamodb:Query', 'dynamodb:Scan', 'dynamodb:ConditionCheckItem'],
          table,
          `${table}/index/*`,
        ),
      ];
    }
    return [];
  });
}

/** The routes of webhooks, which go to an event bus. */
export const compileWebhooks = (config: Config): Made[] =>
  constructsOf(config).flatMap(([name, construct]): Made[] => {
    if (construct.type !== 'webhook') return [];
    const id = logicalName(name);
    const place = placeOf(construct, 'path');
    const isGuarded = construct.authorizer !== undefined;
    return [
      {
        id: `${id}HttpApi`,
        type: 'AWS::ApiGatewayV2::Api',
        properties: { Name: name, ProtocolType: 'HTTP' },
        place,
      },
      {
        id: `${id}Integration`,
        type: 'AWS::ApiGatewayV2::Integration',
        properties: {
          ApiId: { Ref: `${id}HttpApi` },
          IntegrationType: 'AWS_PROXY',
          IntegrationSubtype: 'EventBridge-PutEvents',
        },
        place,
      },
      {
        id: `${id}Route`,
        type: 'AWS::ApiGatewayV2::Route',
        properties: {
          ApiId: { Ref: `${id}HttpApi` },
          RouteKey: construct.path,
          Target: { 'Fn::Join': ['/', ['integrations', { Ref: `${id}Integration` }]] },
          AuthorizationType: isGuarded ? 'CUSTOM' : 'NONE',
          ...(isGuarded && { AuthorizerId: attribute(`${id}Authorizer`, 'Arn') }),
        },
        place,
      },
    ];
  });
