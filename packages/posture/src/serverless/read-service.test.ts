import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { deprecatedRuntime } from '../checks/deprecated-runtime.ts';
import { runChecks } from '../checks/run-checks.ts';
import { sharedRole } from '../checks/shared-role.ts';
import { buildGraph } from '../graph/build-graph.ts';
import { openWays } from '../graph/open-ways.ts';
import { serviceRoutes } from '../graph/service-routes.ts';
import { PostureError } from '../posture-error.ts';
import { writeFiles } from '../testing/write-files.ts';
import { readService } from './read-service.ts';

const work = mkdtempSync(join(tmpdir(), 'ringfence-serverless-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
let count = 0;

/** Writes the files, and reads the first of them. */
function read(files: Record<string, string> | string, parameters: Record<string, string> = {}) {
  const all = typeof files === 'string' ? { 'serverless.yml': files } : files;
  const folder = join(work, String(++count));
  writeFiles(folder, all);
  return buildGraph(readService(join(folder, Object.keys(all)[0] ?? ''), { parameters }));
}

const head = 'service: shop\nprovider: { name: aws, runtime: nodejs22.x }\n';
const propertiesOf = (graph: ReturnType<typeof read>, id: string) => graph.resources.get(id)?.properties;

describe('a function', () => {
  const graph = read(`service: shop
provider:
  name: aws
  runtime: nodejs22.x
  stage: prod
  timeout: 20
  environment: { A: '1', B: '1' }
  vpc: { securityGroupIds: [sg-1], subnetIds: [subnet-1] }
  tracing: { lambda: true }
  logRetentionInDays: 30
functions:
  get-order:
    handler: src/get.handler
    runtime: nodejs20.x
    memorySize: 256
    environment: { B: '2', TABLE: !Ref Orders }
    onError: !Ref Failed
    reservedConcurrency: 5
    url: { authorizer: aws_iam, cors: { allowedOrigins: ['*'], allowCredentials: true } }
    destinations: { onFailure: failed }
  failed: { handler: src/failed.handler, disableLogs: true, image: 'registry.example/failed:1' }
resources:
  Resources:
    Orders: { Type: AWS::DynamoDB::Table }
    GetDashorderLambdaFunction: { Properties: { SnapStart: { ApplyOn: None } } }
`);

  test('has its own settings, or those of the provider', () => {
    expect(propertiesOf(graph, 'GetDashorderLambdaFunction')).toEqual({
      FunctionName: 'shop-prod-get-order',
      Handler: 'src/get.handler',
      Runtime: 'nodejs20.x',
      Timeout: 20,
      MemorySize: 256,
      Environment: { Variables: { A: '1', B: '2', TABLE: '${Orders}' } },
      VpcConfig: { SecurityGroupIds: ['sg-1'], SubnetIds: ['subnet-1'] },
      TracingConfig: { Mode: 'Active' },
      DeadLetterConfig: { TargetArn: '${Failed}' },
      ReservedConcurrentExecutions: 5,
      Code: './',
      Role: '${IamRoleLambdaExecution.Arn}',
      SnapStart: { ApplyOn: 'None' },
    });
    expect(propertiesOf(graph, 'FailedLambdaFunction')).toMatchObject({
      Code: { ImageUri: 'registry.example/failed:1' },
      PackageType: 'Image',
    });
  });

  test('has its address, its log group and where its events go', () => {
    expect(propertiesOf(graph, 'GetDashorderLambdaFunctionUrl')).toEqual({
      AuthType: 'AWS_IAM',
      TargetFunctionArn: '${GetDashorderLambdaFunction}',
      Cors: { AllowOrigins: ['*'], AllowCredentials: true },
    });
    expect(propertiesOf(graph, 'GetDashorderLogGroup')).toEqual({
      LogGroupName: '/aws/lambda/shop-prod-get-order',
      RetentionInDays: 30,
    });
    expect(propertiesOf(graph, 'FailedLogGroup')).toBeUndefined();
    expect(propertiesOf(graph, 'GetDashorderLambdaFunctionEvConf')).toMatchObject({
      DestinationConfig: { OnFailure: { Destination: '${FailedLambdaFunction.Arn}' } },
    });
  });

  test('stands where it is written', () => {
    const own = graph.resources.get('GetDashorderLambdaFunction');
    expect(own?.place).toMatchObject({ file: 'serverless.yml', line: 12 });
  });
});

describe('roles', () => {
  const statements = (graph: ReturnType<typeof read>, id: string) =>
    graph.roles.get(id)?.statements.map(({ actions, resources, readyMade, place }) => ({
      actions,
      resources,
      readyMade,
      line: place?.line,
    }));

  test('a stream sends what failed with the role of its function', () => {
    const graph = read(`service: shop
plugins: [serverless-iam-roles-per-function]
provider: { name: aws, runtime: python3.13 }
functions:
  a:
    handler: a.a
    iamRoleStatements: [{ Effect: Allow, Action: 'sqs:SendMessage', Resource: !GetAtt Failed.Arn }]
    events: [{ stream: { type: dynamodb, arn: !GetAtt Orders.StreamArn, destinations: { onFailure: { type: sqs, arn: !GetAtt Failed.Arn } } } }]
resources: { Resources: { Orders: { Type: AWS::DynamoDB::Table }, Failed: { Type: AWS::SQS::Queue } } }
`);
    const [trigger] = graph.functions.get('ALambdaFunction')?.triggers ?? [];
    expect(trigger?.resource.properties.Event).toMatchObject({
      DestinationConfig: { OnFailure: { Destination: '${Failed.Arn}' } },
    });
    expect(statements(graph, 'AIamRoleLambdaExecution')).toContainEqual(
      expect.objectContaining({ readyMade: 'Serverless Framework', actions: ['sqs:SendMessage'] }),
    );
  });

  test('all functions share one, which may log, trace, poll and be in a network', () => {
    const graph = read(`service: shop
provider:
  name: aws
  tracing: { lambda: true }
  iam:
    role:
      permissionsBoundary: arn:aws:iam::123456789012:policy/edge
      managedPolicies: ['arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess']
      statements:
        - { Effect: Allow, Action: 's3:*', Resource: '*' }
functions:
  a: { handler: a.a, destinations: { onSuccess: b, onFailure: { type: sqs, arn: !GetAtt Jobs.Arn } }, events: [{ sqs: !GetAtt Jobs.Arn }, { stream: { type: dynamodb, arn: 'arn:aws:dynamodb:x' } }] }
  b: { handler: b.b, vpc: { subnetIds: [s] } }
`);
    expect(graph.functions.get('ALambdaFunction')?.role).toBe(graph.functions.get('BLambdaFunction')?.role);
    const framework = { readyMade: 'Serverless Framework' };
    expect(statements(graph, 'IamRoleLambdaExecution')).toEqual(
      expect.arrayContaining([
        { actions: ['s3:*'], resources: ['*'], readyMade: undefined, line: 10 },
        expect.objectContaining({
          ...framework,
          actions: expect.arrayContaining(['sqs:ReceiveMessage']),
          resources: ['${Jobs.Arn}'],
        }),
        expect.objectContaining({ ...framework, actions: ['sqs:SendMessage'], resources: ['${Jobs.Arn}'] }),
        expect.objectContaining({
          ...framework,
          actions: ['lambda:InvokeFunction'],
          resources: ['${BLambdaFunction.Arn}'],
        }),
        expect.objectContaining({ ...framework, actions: expect.arrayContaining(['dynamodb:GetRecords']) }),
        expect.objectContaining({ ...framework, actions: expect.arrayContaining(['xray:PutTraceSegments']) }),
      ]),
    );
    expect(propertiesOf(graph, 'IamRoleLambdaExecution')).toMatchObject({
      PermissionsBoundary: 'arn:aws:iam::123456789012:policy/edge',
      ManagedPolicyArns: [
        'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole',
        'arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess',
      ],
    });
  });

  const own = `
functions:
  a:
    handler: a.a
    iamRoleStatements: [{ Effect: Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*' }]
  b: { handler: b.b }
  c: { handler: c.c, role: Own }
  d: { handler: d.d, role: 'arn:aws:iam::123456789012:role/own' }
resources: { Resources: { Own: { Type: AWS::IAM::Role, Properties: {} } } }`;
  const provider = `
provider:
  name: aws
  iamRoleStatements: [{ Effect: Allow, Action: 'sns:Publish', Resource: '*' }]`;
  const actionsOf = (graph: ReturnType<typeof read>, key: string) =>
    graph.functions
      .get(`${key}LambdaFunction`)
      ?.role?.statements.filter(({ readyMade }) => readyMade === undefined)
      .flatMap(({ actions }) => actions);

  test('a function has its own by the plugin for it', () => {
    const graph = read(`service: a\nplugins: [serverless-iam-roles-per-function]${provider}${own}`);
    expect(actionsOf(graph, 'A')).toEqual(['s3:GetObject']);
    expect(actionsOf(graph, 'B')).toEqual(['sns:Publish']);
    expect(actionsOf(graph, 'C')).toEqual([]);
    expect(graph.functions.get('CLambdaFunction')?.role?.resource.id).toBe('Own');
    expect(graph.functions.get('DLambdaFunction')?.role).toBeUndefined();
  });

  test('without the plugin its statements count for nothing', () => {
    expect(actionsOf(read(`service: a${provider}${own}`), 'A')).toEqual(['sns:Publish']);
  });

  test('a function has its own by the framework', () => {
    const graph = read(`service: a
provider:
  name: aws
  iam: { role: { mode: perFunction, statements: [{ Effect: Allow, Action: 'sns:Publish', Resource: '*' }] } }
functions:
  a:
    handler: a.a
    iam:
      inheritStatements: true
      role: { statements: [{ Effect: Allow, Action: 's3:GetObject', Resource: '*' }] }
  b: { handler: b.b }
`);
    expect(actionsOf(graph, 'A')).toEqual(['s3:GetObject', 'sns:Publish']);
    expect(graph.functions.get('BLambdaFunction')?.role?.resource.id).toBe('BIamRoleLambdaExecution');
  });

  test('a role from elsewhere is not made', () => {
    const graph = read(`service: a
provider: { name: aws, iam: { role: !ImportValue role } }
functions: { a: { handler: a.a } }
`);
    expect(graph.roles.size).toBe(0);
    expect(propertiesOf(graph, 'ALambdaFunction')).toMatchObject({ Role: '${ImportValue:role}' });
  });
});

describe('events', () => {
  const graph = read(`service: shop
provider:
  name: aws
  httpApi:
    cors: true
    authorizers:
      staff: { type: jwt, issuerUrl: 'https://login.example', audience: [shop] }
      unused: { type: request, functionName: guard }
functions:
  guard: { handler: guard.handler }
  all:
    handler: all.handler
    events:
      - http: GET orders
      - http: { path: /pay, method: post, authorizer: aws_iam }
      - http: { path: /admin, method: any, authorizer: guard }
      - http: { path: /pool, method: get, authorizer: { name: pool, type: COGNITO_USER_POOLS, arn: !GetAtt Pool.Arn } }
      - http: { path: /key, method: get, private: true }
      - httpApi: '*'
      - httpApi: 'PUT /a'
      - httpApi: { path: /b, method: delete, authorizer: { name: staff } }
      - httpApi: { path: /c, method: '*', authorizer: { type: aws_iam } }
      - websocket: $connect
      - websocket: { route: $connect, authorizer: guard }
      - s3: uploads
      - s3: { bucket: old, event: 's3:ObjectCreated:*', existing: true }
      - sns: news
      - sns: { arn: !Ref Topic }
      - sqs: { arn: !GetAtt Jobs.Arn }
      - stream: arn:aws:kinesis:eu-central-1:123456789012:stream/s
      - stream: { type: dynamodb, arn: !GetAtt Orders.StreamArn }
      - schedule: rate(1 day)
      - schedule: { method: scheduler, rate: [rate(1 day)] }
      - eventBridge: { eventBus: orders, pattern: { source: [shop] } }
      - cognitoUserPool: { pool: Users, trigger: PreSignUp }
      - alexaSkill
      - somethingNew: { a: 1 }
      - alb: { listenerArn: !Ref Door, priority: 1, conditions: { path: [/a, /b], method: POST } }
      - alb: { listenerArn: !Ref Door, priority: 2, conditions: { path: /c }, authorizer: staff }
`);
  const triggers = graph.functions.get('AllLambdaFunction')?.triggers ?? [];

  test.each<[number, object]>([
    [0, { kind: 'rest-api', method: 'GET', path: '/orders', auth: 'NONE', source: '${ApiGatewayRestApi}' }],
    [1, { kind: 'rest-api', method: 'POST', path: '/pay', auth: 'AWS_IAM' }],
    [2, { kind: 'rest-api', method: 'ANY', auth: '${GuardApiGatewayAuthorizer}' }],
    [3, { kind: 'rest-api', auth: '${PoolApiGatewayAuthorizer}' }],
    [4, { kind: 'rest-api', auth: 'API_KEY' }],
    [5, { kind: 'http-api', method: 'ANY', path: '$default', auth: 'NONE', source: '${HttpApi}' }],
    [6, { kind: 'http-api', method: 'PUT', path: '/a' }],
    [7, { kind: 'http-api', method: 'DELETE', auth: '${HttpApiAuthorizerStaff}' }],
    [8, { kind: 'http-api', method: 'ANY', auth: 'AWS_IAM' }],
    [9, { kind: 'websocket', path: '$connect', auth: 'NONE' }],
    [10, { kind: 'websocket', auth: '${GuardWebsocketsAuthorizer}' }],
    [11, { kind: 'S3', source: 'uploads' }],
    [12, { kind: 'S3', source: 'old' }],
    [13, { kind: 'SNS', source: 'news' }],
    [14, { kind: 'SNS', source: '${Topic}' }],
    [15, { kind: 'SQS', source: '${Jobs.Arn}' }],
    [16, { kind: 'Kinesis', source: 'arn:aws:kinesis:eu-central-1:123456789012:stream/s' }],
    [17, { kind: 'DynamoDB', source: '${Orders.StreamArn}' }],
    [18, { kind: 'Schedule' }],
    [19, { kind: 'ScheduleV2' }],
    [20, { kind: 'EventBridgeRule', source: 'orders' }],
    [21, { kind: 'Cognito', source: 'Users' }],
    [22, { kind: 'AlexaSkill' }],
    [23, { kind: 'somethingNew' }],
    [24, { kind: 'ALB', method: 'POST', path: '/a|/b', auth: 'NONE', source: '${Door}' }],
    [25, { kind: 'ALB', method: 'ANY', path: '/c', auth: 'staff' }],
  ])('%i is %j', (index, expected) => {
    expect(triggers[index]).toMatchObject({ ...expected, resource: { place: { line: 14 + index } } });
  });

  test('the APIs, their authorizers and new sources are resources', () => {
    expect(propertiesOf(graph, 'HttpApi')).toMatchObject({ CorsConfiguration: { AllowOrigins: ['*'] } });
    expect(propertiesOf(graph, 'HttpApiAuthorizerStaff')).toMatchObject({ AuthorizerType: 'JWT' });
    expect(propertiesOf(graph, 'HttpApiAuthorizerUnused')).toMatchObject({
      AuthorizerType: 'REQUEST',
      AuthorizerUri: '${GuardLambdaFunction.Arn}',
    });
    expect(propertiesOf(graph, 'PoolApiGatewayAuthorizer')).toMatchObject({
      Type: 'COGNITO_USER_POOLS',
      ProviderARNs: ['${Pool.Arn}'],
    });
    expect([...graph.resources.keys()]).toEqual(
      expect.arrayContaining(['ApiGatewayRestApi', 'WebsocketsApi', 'S3BucketUploads', 'SNSTopicNews']),
    );
    expect(graph.resources.has('S3BucketOld')).toBe(false);
    expect(graph.functions.get('GuardLambdaFunction')?.triggers.length).toBeGreaterThan(0);
  });
});

test('plugins that start functions are known', () => {
  const graph = read(`service: shop
provider: { name: aws }
plugins: [serverless-step-functions, serverless-appsync-plugin]
functions:
  charge: { handler: charge.handler }
  resolve: { handler: resolve.handler }
stepFunctions:
  stateMachines:
    pay:
      definition:
        StartAt: Charge
        States: { Charge: { Type: Task, Resource: !GetAtt charge.Arn, End: true } }
appSync:
  dataSources:
    orders: { type: AWS_LAMBDA, config: { functionName: resolve } }
    table: { type: AMAZON_DYNAMODB, config: { tableName: orders } }
`);
  const kinds = (id: string) => graph.functions.get(id)?.triggers.map(({ kind }) => kind);
  expect(kinds('ChargeLambdaFunction')).toEqual(['stepfunctions statemachine']);
  expect(kinds('ResolveLambdaFunction')).toEqual(['appsync datasource']);
});

test.each([
  [
    'as it is now',
    'appSync: { name: shop, authentication: { type: API_KEY }, dataSources: { a: { type: AWS_LAMBDA, config: { functionName: a } } } }',
  ],
  [
    'as it was',
    'custom: { appSync: { authenticationType: API_KEY, dataSources: [{ type: AWS_LAMBDA, name: a, config: { functionName: a } }] } }',
  ],
  [
    'as it is by default',
    'custom: { appSync: [{ dataSources: [{ a: { type: AWS_LAMBDA, config: { functionName: a } } }] }] }',
  ],
])('a GraphQL API %s asks for a key only, and so does its function', async (_, config) => {
  const graph = read(`${head}functions: { a: { handler: a.a } }\n${config}\n`);
  expect(propertiesOf(graph, 'GraphQlApi')).toMatchObject({ AuthenticationType: 'API_KEY' });
  const way = (await openWays(graph)).get('ALambdaFunction');
  expect(way).toMatchObject({ entry: 'Anyone asks GraphQlApi, which calls ALambdaFunction', hasKey: true });
});

test('state machines are called as the plugin calls them, and may be started over the API', () => {
  const graph = read(`service: shop
provider: { name: aws }
stepFunctions:
  stateMachines:
    pay: { id: Pay, events: [{ http: { path: pay, method: POST } }] }
    refund: { name: refund-now }
    other: {}
`);
  expect([...graph.resources.keys()]).toEqual([
    'ApiGatewayRestApi',
    'ApiGatewayStage',
    'Pay',
    'PayEvent0',
    'RefundDashnow',
    'OtherStepFunctionsStateMachine',
  ]);
  expect(serviceRoutes(graph.resources)).toMatchObject([
    { subject: 'Pay', service: 'states', method: 'POST', path: '/pay', auth: 'NONE' },
  ]);
});

test('what the provider says for all functions is told once, and a role that only writes logs is not shared', async () => {
  const graph = read(`service: shop
provider: { name: aws, runtime: nodejs16.x }
functions:
  one: { handler: a.a }
  two: { handler: b.b }
  own: { handler: c.c, runtime: nodejs18.x }
`);
  const found = await runChecks(graph, [deprecatedRuntime, sharedRole]);
  expect(found.map(({ subject, message }) => `${subject}: ${message}`)).toEqual([
    expect.stringMatching(/^serverless.yml: OneLambdaFunction, TwoLambdaFunction: The support of nodejs16.x/),
    expect.stringMatching(/^OwnLambdaFunction: The support of nodejs18.x/),
  ]);
});

test('what a file beside the service says stands in that file, as seen from the project', () => {
  const folder = join(work, 'monorepo');
  mkdirSync(join(folder, '.git'), { recursive: true });
  mkdirSync(join(folder, 'orders'));
  writeFileSync(join(folder, 'common.yml'), 'timeout: 20\nfunctions: { a: { handler: a.a } }\n');
  writeFileSync(
    join(folder, 'orders/serverless.yml'),
    'service: orders\nprovider: { name: aws }\nfunctions: ${file(../common.yml):functions}\n',
  );
  const { resources } = readService(join(folder, 'orders/serverless.yml'));
  expect(resources.get('ALambdaFunction')?.place).toMatchObject({ file: '../common.yml', line: 2 });
});

test('the provider may stand in a file of all services', () => {
  const graph = read({
    'serverless.yml':
      'service: shop\nprovider: ${file(common.yml):provider}\nfunctions: { a: { handler: a.a } }\n',
    'common.yml': 'provider: { name: aws, runtime: nodejs22.x }\n',
  });
  expect(graph.functions.get('ALambdaFunction')?.runtime).toBe('nodejs22.x');
});

test('an authorizer of the template is told by its reference', () => {
  const graph = read(`${head}functions:
  a: { handler: a.a, events: [{ http: { path: /, method: get, authorizer: { type: COGNITO_USER_POOLS, authorizerId: !Ref Guard } } }] }
`);
  expect(graph.functions.get('ALambdaFunction')?.triggers).toMatchObject([{ auth: '${Guard}' }]);
});

describe('variables', () => {
  const config = `
custom:
  table: \${self:service}-\${sls:stage}-orders
  sizes: { dev: 128, prod: 1024 }
  whole: { a: { b: c } }
params: { default: { domain: dev.example }, prod: { domain: shop.example } }
`;
  const filled = (
    value: string,
    parameters: Record<string, string> = {},
    files: Record<string, string> = {},
  ) => {
    const graph = read(
      {
        'serverless.yml': `${head}${config}resources:\n  Resources:\n    R: { Type: x, Properties: { V: ${value} } }\n`,
        ...files,
      },
      parameters,
    );
    return { value: propertiesOf(graph, 'R')?.V, notes: graph.notes };
  };

  test.each<[string, unknown]>([
    ['"${self:custom.table}"', 'shop-dev-orders'],
    [
      '"arn:aws:dynamodb:${aws:region}:${aws:accountId}:table/${self:custom.table}"',
      'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/shop-dev-orders',
    ],
    ['"${self:custom.sizes.${sls:stage}}"', 128],
    ['"${self:custom.whole}"', { a: { b: 'c' } }],
    ['"${self:custom.none, \'else\'}"', 'else'],
    ['"${self:custom.none, self:custom.table}"', 'shop-dev-orders'],
    ['"${opt:size, 5}"', 5],
    ['"${opt:size, \'\'}"', ''],
    ['"${env:HOME, \'nobody\'}"', 'nobody'],
    ['"${env:HOME}"', '${Serverless:env:HOME}'],
    ['"x-${ssm:/shop/key}"', 'x-${Serverless:ssm:/shop/key}'],
    ['"${cf(eu-west-1):stack.out}"', '${Serverless:cf:stack.out}'],
    ['"${param:domain}"', 'dev.example'],
    ['"${strToBool(true)}"', true],
    ['"${AWS::StackName}-#{AWS::Region}"', '${AWS::StackName}-${AWS::Region}'],
    ['"${Table}"', '${!Table}'],
    [
      '!Sub "${Table.Arn}/${self:custom.table}/${ssm:/a}"',
      '${Table.Arn}/shop-dev-orders/${Serverless:ssm:/a}',
    ],
    ['!Sub ["${a}-${self:service}", { a: "${self:service}" }]', 'shop-shop'],
    ['"${self:broken"', '${!self:broken'],
  ])('%s is %j', (value, expected) => {
    expect(filled(value).value).toEqual(expected);
  });

  test('options and parameters may be given', () => {
    const given = { stage: 'prod', size: '7' };
    expect(filled('"${self:custom.sizes.${sls:stage}}"', given).value).toBe(1024);
    expect(filled('"${param:domain}/${opt:size}/${opt:stage}"', given).value).toBe('shop.example/7/prod');
  });

  test('files are read, and code is told', () => {
    const files = {
      'config/dev.yml': 'queue: { name: "${self:service}-jobs" }',
      'text.txt': 'plain',
      'config.js': 'module.exports = { a: 1 };',
    };
    expect(filled('"${file(./config/${sls:stage}.yml):queue.name}"', {}, files).value).toBe('shop-jobs');
    expect(filled('"${file(text.txt)}"', {}, files).value).toBe('plain');
    const { value, notes } = filled('"${file(./config.js):a}"', {}, files);
    expect(value).toBe('${Serverless:file(./config.js):a}');
    expect(notes).toEqual([
      expect.stringMatching(/^serverless.yml:\d+:\d+: .\/config.js is not read: it is code/),
    ]);
  });

  test('custom may lie in a file that refers to it', () => {
    const graph = read({
      'serverless.yml': `${head}custom: \${file(custom.yml)}\nfunctions: \${file(functions/all.yml)}\n`,
      'custom.yml': 'a: 1\nb: ${self:custom.a}\n',
      'functions/all.yml': 'one: { handler: "src/${self:custom.b}.handler" }',
    });
    expect(propertiesOf(graph, 'OneLambdaFunction')).toMatchObject({ Handler: 'src/1.handler', Code: '../' });
    expect(graph.resources.get('OneLambdaFunction')?.place?.file).toBe('functions/all.yml');
  });

  test('lists of mappings are one mapping', () => {
    const graph = read({
      'serverless.yml': `${head}functions: ['\${file(a.yml)}', { two: { handler: two.handler } }]
resources:
  - Conditions: { Never: !Equals [a, b] }
  - Resources: { T: { Type: AWS::SNS::Topic, Condition: Never } }
  - Resources: { Q: { Type: AWS::SQS::Queue } }
    extensions: { Q: { Properties: { QueueName: q } } }
`,
      'a.yml': 'one: { handler: one.handler }',
    });
    expect([...graph.functions.keys()]).toEqual(['OneLambdaFunction', 'TwoLambdaFunction']);
    expect(graph.resources.has('T')).toBe(false);
    expect(propertiesOf(graph, 'Q')).toEqual({ QueueName: 'q' });
  });

  test('what is not there is told', () => {
    const { value, notes } = filled('"${self:custom.none}"');
    expect(value).toBe('${Serverless:self:custom.none}');
    expect(notes).toEqual(['serverless.yml:11:33: there is no value for ${self:custom.none}']);
  });
});

describe('what can not be read is told with its place', () => {
  const levels = 'abcdefgh'.split('');
  const bomb = levels
    .map(
      (name, index) =>
        `  ${name}: [${Array(10).fill(index === 0 ? 'x' : `'\${self:custom.${levels[index - 1]}}'`)}]`,
    )
    .join('\n');
  const longBomb = levels
    .map(
      (name, index) =>
        `  ${name}: '${(index === 0 ? 'xxxxxxxxxx' : `\${self:custom.${levels[index - 1]}}`).repeat(10)}'`,
    )
    .join('\n');

  test.each<[string, string | Record<string, string>, RegExp]>([
    ['no service', 'a: 1', /^serverless.yml is no service of the Serverless Framework/],
    ['another cloud', 'service: a\nprovider: { name: google }', /is for google; only services of aws/],
    [
      'a circle',
      `${head}custom: { a: '\${self:custom.b}', b: '\${self:custom.a}' }`,
      /^serverless.yml:3:\d+: the variable \${self:custom.[ab]} leads to itself: .*; take it out of the circle/,
    ],
    ['a circle on the way', `${head}custom: { a: '\${self:custom.a.b}' }`, /leads to itself/],
    [
      'a circle of files',
      { 'serverless.yml': `${head}custom: \${file(a.yml)}`, 'a.yml': 'x: ${file(a.yml)}' },
      /leads to itself/,
    ],
    [
      'a circle of the stage',
      'service: a\nprovider: { name: aws, stage: "${sls:stage}" }',
      /leads to itself/,
    ],
    [
      'a bomb of variables',
      `${head}custom:\n${bomb}`,
      /^serverless.yml:\d+:\d+: the variables make more than 500000 values/,
    ],
    ['a bomb of text', `${head}custom:\n${longBomb}`, /the variables make more than 500000 values/],
    ['ten megabytes', `# ${'x'.repeat(10_000_000)}`, /is longer than 4000000 bytes/],
    ['no YAML', `${head}functions: [`, /^serverless.yml:3:\d+: /],
    [
      'a file that is no YAML',
      { 'serverless.yml': `${head}custom: \${file(a.yml)}`, 'a.yml': 'x: [' },
      /^a.yml:1:\d+: /,
    ],
  ])('%s', (_, files, message) => {
    expect(() => read(files)).toThrow(PostureError);
    expect(() => read(files)).toThrow(message);
  });

  test('variables that do not end are plain', () => {
    const graph = read(`${head}functions: { a: { handler: '${'${self:'.repeat(50_000)}' } }`);
    expect(graph.functions.size).toBe(1);
  });

  test('files outside of the project are not read', () => {
    writeFileSync(join(work, 'outside.yml'), 'a: secret');
    const graph = read(`${head}functions: { a: { handler: '\${file(../outside.yml):a}' } }`);
    expect(propertiesOf(graph, 'ALambdaFunction')?.Handler).not.toContain('secret');
    expect(graph.notes).toEqual([expect.stringContaining('../outside.yml is not read: it lies outside of')]);
  });
});

test('a key that is written out, and a route that pages of all sites may call with credentials, are found', async () => {
  const graph = read(`service: shop
provider:
  name: aws
  runtime: nodejs22.x
  apiGateway:
    apiKeys:
      - made
      - { name: partner, value: 0123456789abcdef0123 }
      - plan: [{ value: abcdef0123456789abcd }, other]
functions:
  login:
    handler: a.login
    events: [{ http: { path: login, method: post, cors: { origin: '*', allowCredentials: true } } }]
  list:
    handler: a.list
    events: [{ http: { path: /, method: get, cors: true } }, { http: { path: /own, method: get, cors: { origin: 'https://shop.example', allowCredentials: true } } }]
`);
  const found = await runChecks(graph);
  const of = (check: string) =>
    found.filter(({ rule }) => rule === `posture/${check}`).map(({ subject }) => subject);
  expect(of('secret-in-resource')).toEqual(['ApiGatewayApiKey1', 'ApiGatewayApiKey2']);
  expect(of('open-cors')).toEqual(['LoginLambdaFunction']);
});
