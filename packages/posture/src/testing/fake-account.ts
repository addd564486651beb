import type { Answer, Call } from './fake-aws.ts';

const account = '123456789012';
const arn = (service: string, name: string) => `arn:aws:${service}:eu-central-1:${account}:${name}`;
const policy = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const encoded = (statement: object) => encodeURIComponent(policy(statement));

const role = (name: string, service: string, more: object = {}) => ({
  RoleName: name,
  Path: '/',
  Arn: `arn:aws:iam::${account}:role/${name}`,
  AssumeRolePolicyDocument: encoded({
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sts:AssumeRole',
  }),
  ...more,
});

const functions = [
  {
    FunctionName: 'orders',
    Runtime: 'nodejs22.x',
    Role: `arn:aws:iam::${account}:role/orders`,
    Environment: { Variables: { TABLE: 'orders', LITERAL: '${notMine}' } },
    TracingConfig: { Mode: 'Active' },
    Layers: [{ Arn: arn('lambda', 'layer:shared:3') }],
  },
  { FunctionName: 'jobs', Runtime: 'nodejs16.x', Role: `arn:aws:iam::${account}:role/jobs` },
  {
    FunctionName: 'flow',
    Runtime: 'python3.13',
    Handler: 'index.handler',
    Role: `arn:aws:iam::${account}:role/flow`,
    VpcConfig: { VpcId: 'vpc-1', SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
  },
  { FunctionName: 'open', Runtime: 'python3.13', Role: `arn:aws:iam::${account}:role/jobs` },
].map((each) => ({ ...each, FunctionArn: arn('lambda', `function:${each.FunctionName}`) }));

const listBuckets = `<ListAllMyBucketsResult><Buckets><Bucket><Name>my.uploads</Name></Bucket></Buckets></ListAllMyBucketsResult>`;

/** One page of a list whose pages have one item each; the token is the number of the next. */
function page<Item>(items: readonly Item[], token: string | undefined) {
  const at = Number(token ?? 0);
  return { items: items.slice(at, at + 1), next: at + 1 < items.length ? String(at + 1) : undefined };
}

/** By service and operation, what a small account in eu-central-1 answers. */
const answers: Readonly<Record<string, (input: Call['input']) => Answer>> = {
  'sts.GetCallerIdentity': () => ({
    Account: account,
    Arn: `arn:aws:iam::${account}:user/reader`,
    UserId: 'A',
  }),
  'iam.GetAccountAuthorizationDetails': ({ Marker }) => {
    const roles = [
      role('orders', 'lambda.amazonaws.com', {
        RolePolicyList: [
          {
            PolicyName: 'own',
            PolicyDocument: encoded({
              Effect: 'Allow',
              Action: 'dynamodb:*',
              Resource: `${arn('dynamodb', 'table/orders')}/index/*`,
            }),
          },
        ],
        AttachedManagedPolicies: [
          { PolicyName: 'AdministratorAccess', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
          { PolicyName: 'shared', PolicyArn: `arn:aws:iam::${account}:policy/shared` },
        ],
      }),
      role('jobs', 'lambda.amazonaws.com'),
      role('flow', 'lambda.amazonaws.com', {
        RolePolicyList: [
          {
            PolicyName: 'own',
            PolicyDocument: encoded({
              Effect: 'Allow',
              Action: ['dynamodb:GetItem', 'dynamodb:DeleteItem'],
              Resource: arn('dynamodb', 'table/users'),
            }),
          },
        ],
      }),
      role('guests', 'cognito-identity.amazonaws.com'),
      role('people', 'ec2.amazonaws.com'),
    ];
    const { items, next } = page(roles, Marker);
    return {
      RoleDetailList: items,
      IsTruncated: next !== undefined,
      ...(next === undefined
        ? {
            Policies: [
              {
                PolicyName: 'shared',
                Arn: `arn:aws:iam::${account}:policy/shared`,
                PolicyVersionList: [
                  {
                    VersionId: 'v1',
                    IsDefaultVersion: false,
                    Document: encoded({ Effect: 'Allow', Action: '*', Resource: '*' }),
                  },
                  {
                    VersionId: 'v2',
                    IsDefaultVersion: true,
                    Document: encoded({
                      Effect: 'Allow',
                      Action: 's3:GetObject',
                      Resource: 'arn:aws:s3:::my.uploads/*',
                    }),
                  },
                ],
              },
            ],
          }
        : { Marker: next }),
    };
  },
  'lambda.ListFunctions': ({ Marker }) => {
    const { items, next } = page(functions, Marker);
    return { Functions: items, NextMarker: next };
  },
  'lambda.GetPolicy': ({ name }) =>
    name === 'open'
      ? {
          Policy: policy({ Effect: 'Allow', Principal: '*', Action: 'lambda:InvokeFunction', Resource: '*' }),
        }
      : { error: 'ResourceNotFoundException', status: 404 },
  'lambda.ListFunctionUrlConfigs': ({ name }) => ({
    FunctionUrlConfigs:
      name === 'open'
        ? [
            {
              FunctionArn: arn('lambda', 'function:open'),
              AuthType: 'NONE',
              FunctionUrl: 'https://open.example/',
            },
          ]
        : [],
  }),
  'lambda.ListFunctionEventInvokeConfigs': () => ({ FunctionEventInvokeConfigs: [] }),
  'lambda.GetFunctionConcurrency': ({ name }) =>
    name === 'orders' ? { ReservedConcurrentExecutions: 5 } : {},
  'lambda.ListCodeSigningConfigs': () => ({
    CodeSigningConfigs: [
      {
        CodeSigningConfigId: 'csc-1',
        CodeSigningConfigArn: arn('lambda', 'code-signing-config:csc-1'),
        CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Enforce' },
      },
    ],
  }),
  'lambda.ListFunctionsByCodeSigningConfig': () => ({ FunctionArns: [arn('lambda', 'function:flow')] }),
  'lambda.ListLayers': () => ({
    Layers: [
      {
        LayerName: 'shared',
        LayerArn: arn('lambda', 'layer:shared'),
        LatestMatchingVersion: { LayerVersionArn: arn('lambda', 'layer:shared:3'), Version: 3 },
      },
    ],
  }),
  'lambda.GetLayerVersionPolicy': () => ({
    Policy: policy({ Effect: 'Allow', Principal: '*', Action: 'lambda:GetLayerVersion', Resource: '*' }),
  }),
  'states.ListStateMachines': () => ({
    stateMachines: [
      { name: 'approve', stateMachineArn: arn('states', 'stateMachine:approve'), type: 'STANDARD' },
    ],
  }),
  'states.DescribeStateMachine': ({ stateMachineArn }) => ({
    stateMachineArn,
    name: 'approve',
    type: 'STANDARD',
    roleArn: `arn:aws:iam::${account}:role/flow`,
    loggingConfiguration: { level: 'OFF' },
    definition: JSON.stringify({
      StartAt: 'Ask',
      States: {
        Ask: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Parameters: { FunctionName: 'flow:live' },
          End: true,
        },
      },
    }),
  }),
  'scheduler.ListSchedules': ({ NextToken }) => {
    const { items, next } = page(
      [
        { Name: 'hourly', GroupName: 'default', Target: { Arn: arn('lambda', 'function:flow') } },
        { Name: 'daily', GroupName: 'default', Target: { Arn: 'arn:aws:scheduler:::aws-sdk:lambda:invoke' } },
      ],
      NextToken,
    );
    return { Schedules: items, NextToken: next };
  },
  'scheduler.GetSchedule': () => ({
    Name: 'daily',
    Target: {
      Arn: 'arn:aws:scheduler:::aws-sdk:lambda:invoke',
      RoleArn: `arn:aws:iam::${account}:role/flow`,
      Input: JSON.stringify({ FunctionName: 'flow', Payload: '{}' }),
    },
  }),
  'pipes.ListPipes': () => ({
    Pipes: [
      {
        Name: 'feed',
        Arn: arn('pipes', 'pipe/feed'),
        Source: arn('kinesis', 'stream/clicks'),
        Enrichment: arn('lambda', 'function:flow'),
        Target: arn('states', 'stateMachine:approve'),
      },
    ],
  }),
  'appsync.ListGraphqlApis': () => ({
    graphqlApis: [
      { apiId: 'gql1', name: 'shop', arn: arn('appsync', 'apis/gql1'), authenticationType: 'API_KEY' },
    ],
  }),
  'appsync.ListDataSources': () => ({
    dataSources: [
      {
        name: 'own',
        type: 'AWS_LAMBDA',
        lambdaConfig: { lambdaFunctionArn: arn('lambda', 'function:flow') },
      },
    ],
  }),
  'kinesis.ListStreams': () => ({ StreamNames: ['clicks'], HasMoreStreams: false }),
  'kinesis.DescribeStreamSummary': ({ StreamName }) => ({
    StreamDescriptionSummary: {
      StreamName,
      StreamARN: arn('kinesis', 'stream/clicks'),
      EncryptionType: 'NONE',
    },
  }),
  'kinesis.GetResourcePolicy': () => ({
    Policy: policy({ Effect: 'Allow', Principal: '*', Action: 'kinesis:PutRecord', Resource: '*' }),
  }),
  'kms.ListKeys': ({ Marker }) =>
    Marker === undefined
      ? {
          Keys: [{ KeyId: 'k-1', KeyArn: arn('kms', 'key/k-1') }],
          NextMarker: 'more',
          Truncated: true,
        }
      : { Keys: [{ KeyId: 'k-2', KeyArn: arn('kms', 'key/k-2') }], Truncated: false },
  'kms.GetKeyPolicy': ({ KeyId }) => ({
    Policy: policy({
      Effect: 'Allow',
      Principal: { AWS: KeyId === 'k-1' ? '*' : `arn:aws:iam::${account}:root` },
      Action: 'kms:Decrypt',
      Resource: '*',
    }),
  }),
  'secretsmanager.ListSecrets': () => ({
    SecretList: [
      {
        ARN: arn('secretsmanager', 'secret:database-AbCdEf'),
        Name: 'database',
        RotationEnabled: true,
        RotationLambdaARN: arn('lambda', 'function:jobs'),
      },
    ],
  }),
  'secretsmanager.GetResourcePolicy': () => ({
    ResourcePolicy: policy({
      Effect: 'Allow',
      Principal: '*',
      Action: 'secretsmanager:GetSecretValue',
      Resource: '*',
    }),
  }),
  'elasticloadbalancing.DescribeTargetGroups': () => ({
    TargetGroups: [
      {
        TargetGroupArn: arn('elasticloadbalancing', 'targetgroup/flow/1'),
        TargetGroupName: 'flow',
        TargetType: 'lambda',
        LoadBalancerArns: [arn('elasticloadbalancing', 'loadbalancer/app/inside/1')],
      },
    ],
  }),
  'elasticloadbalancing.DescribeTargetHealth': () => ({
    TargetHealthDescriptions: [{ Target: { Id: arn('lambda', 'function:flow') } }],
  }),
  'elasticloadbalancing.DescribeLoadBalancers': () => ({
    LoadBalancers: ['internal', 'internet-facing'].map((Scheme, index) => ({
      LoadBalancerArn: arn(
        'elasticloadbalancing',
        `loadbalancer/app/${index === 0 ? 'inside' : 'outside'}/1`,
      ),
      LoadBalancerName: index === 0 ? 'inside' : 'outside',
      Scheme,
      Type: 'application',
    })),
  }),
  'cloudfront.ListDistributions': () =>
    `<DistributionList><Items><DistributionSummary><Id>D1</Id><ARN>arn:aws:cloudfront::${account}:distribution/D1</ARN><DefaultCacheBehavior><LambdaFunctionAssociations><Items><LambdaFunctionAssociation><LambdaFunctionARN>arn:aws:lambda:us-east-1:${account}:function:edge:3</LambdaFunctionARN><EventType>viewer-request</EventType></LambdaFunctionAssociation></Items></LambdaFunctionAssociations></DefaultCacheBehavior></DistributionSummary></Items></DistributionList>`,
  'ec2.DescribeSecurityGroups': () =>
    `<DescribeSecurityGroupsResponse><securityGroupInfo><item><groupId>sg-1</groupId><groupName>database</groupName><ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>5432</fromPort><toPort>5432</toPort><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges></item></ipPermissions></item></securityGroupInfo></DescribeSecurityGroupsResponse>`,
  'cognito-identity.ListIdentityPools': () => ({ IdentityPools: [{ IdentityPoolId: 'eu-central-1:pool' }] }),
  'cognito-identity.DescribeIdentityPool': ({ IdentityPoolId }) => ({
    IdentityPoolId,
    IdentityPoolName: 'web',
    AllowUnauthenticatedIdentities: true,
  }),
  'cognito-identity.GetIdentityPoolRoles': () => ({
    Roles: { unauthenticated: `arn:aws:iam::${account}:role/guests` },
  }),
  'lambda.ListEventSourceMappings': () => ({
    EventSourceMappings: [
      { UUID: 'u-1', FunctionArn: arn('lambda', 'function:jobs'), EventSourceArn: arn('sqs', 'jobs') },
    ],
  }),
  'apigateway.GetRestApis': () => ({
    item: [
      {
        id: 'rest1',
        name: 'shop',
        policy: policy({
          Effect: 'Allow',
          Principal: '*',
          Action: 'execute-api:Invoke',
          Resource: '*',
        }).replaceAll('"', '\\"'),
      },
    ],
  }),
  'apigateway.GetResources': () => ({
    item: [
      { id: 'root', path: '/' },
      {
        id: 'p1',
        parentId: 'root',
        pathPart: 'orders',
        path: '/orders',
        resourceMethods: {
          GET: {
            httpMethod: 'GET',
            authorizationType: 'CUSTOM',
            authorizerId: 'a1',
            methodIntegration: {
              uri: `arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${arn('lambda', 'function:orders')}/invocations`,
            },
          },
        },
      },
    ],
  }),
  'apigateway.GetAuthorizers': () => ({ item: [{ id: 'a1', name: 'guard', type: 'TOKEN' }] }),
  'apigateway.GetStages': () => ({ item: [{ stageName: 'prod', tracingEnabled: true }] }),
  'apigateway.GetApis': () => ({ items: [{ apiId: 'http1', name: 'web', protocolType: 'HTTP' }] }),
  'apigateway.GetRoutes': () => ({
    items: [{ routeId: 'r1', routeKey: 'POST /pay', authorizationType: 'NONE', target: 'integrations/i1' }],
  }),
  'apigateway.GetIntegrations': () => ({
    items: [
      { integrationId: 'i1', integrationType: 'AWS_PROXY', integrationUri: arn('lambda', 'function:orders') },
    ],
  }),
  'apigateway.GetHttpAuthorizers': () => ({ items: [] }),
  'apigateway.GetHttpStages': () => ({ items: [{ stageName: '$default' }] }),
  'events.ListEventBuses': () => ({
    EventBuses: [{ Name: 'default', Arn: arn('events', 'event-bus/default') }],
  }),
  'events.ListRules': () => ({
    Rules: [{ Name: 'nightly', EventBusName: 'default', ScheduleExpression: 'rate(1 day)' }],
  }),
  'events.ListTargetsByRule': () => ({
    Targets: [{ Id: 'a', Arn: `${arn('lambda', 'function:jobs')}:live` }],
  }),
  'sqs.ListQueues': () => ({ QueueUrls: [`https://sqs.example/${account}/jobs`] }),
  'sqs.GetQueueAttributes': () => ({
    Attributes: {
      QueueArn: arn('sqs', 'jobs'),
      Policy: policy({
        Effect: 'Allow',
        Principal: '*',
        Action: 'sqs:SendMessage',
        Resource: arn('sqs', 'jobs'),
      }),
    },
  }),
  'sns.ListTopics': () => ({ Topics: [{ TopicArn: arn('sns', 'news') }] }),
  'sns.GetTopicAttributes': () =>
    `<GetTopicAttributesResponse><GetTopicAttributesResult><Attributes><entry><key>TopicArn</key><value>${arn('sns', 'news')}</value></entry></Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>`,
  'sns.ListSubscriptions': () => ({
    Subscriptions: [
      { TopicArn: arn('sns', 'news'), Protocol: 'lambda', Endpoint: arn('lambda', 'function:jobs') },
    ],
  }),
  'dynamodb.ListTables': ({ ExclusiveStartTableName }) =>
    ExclusiveStartTableName === 'orders'
      ? { TableNames: ['users'] }
      : { TableNames: ['orders'], LastEvaluatedTableName: 'orders' },
  'dynamodb.DescribeTable': ({ TableName }) => ({
    Table: {
      TableName,
      TableArn: arn('dynamodb', `table/${TableName}`),
      LatestStreamArn: arn('dynamodb', `table/${TableName}/stream/1`),
    },
  }),
  'dynamodb.GetResourcePolicy': () => ({ error: 'PolicyNotFoundException', status: 400 }),
  'dynamodb.DescribeContinuousBackups': () => ({
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' },
    },
  }),
  'logs.DescribeLogGroups': () => ({
    logGroups: [{ logGroupName: '/aws/lambda/orders', retentionInDays: 30 }],
  }),
  's3.ListBuckets': () => listBuckets,
  's3.GetPublicAccessBlock': () => ({ error: 'NoSuchPublicAccessBlockConfiguration', status: 404 }),
  's3.GetBucketAcl': () =>
    '<AccessControlPolicy><AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group"><URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee><Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>',
  's3.GetBucketEncryption': () => ({ error: 'ServerSideEncryptionConfigurationNotFoundError', status: 404 }),
  's3.GetBucketNotification': () =>
    `<NotificationConfiguration><CloudFunctionConfiguration><CloudFunction>${arn('lambda', 'function:jobs')}</CloudFunction><Event>s3:ObjectCreated:*</Event></CloudFunctionConfiguration></NotificationConfiguration>`,
  's3.GetBucketPolicy': () =>
    policy({
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::my.uploads/*',
    }),
  'cognito-idp.ListUserPools': () => ({ UserPools: [{ Id: 'eu-central-1_abc', Name: 'customers' }] }),
  'cognito-idp.DescribeUserPool': ({ UserPoolId }) => ({
    UserPool: {
      Id: UserPoolId,
      Name: 'customers',
      LambdaConfig: { PreSignUp: arn('lambda', 'function:jobs') },
      SchemaAttributes: [],
    },
  }),
  'cognito-idp.ListUserPoolClients': () => ({ UserPoolClients: [{ ClientId: 'c1', ClientName: 'web' }] }),
  'cognito-idp.DescribeUserPoolClient': () => ({
    UserPoolClient: {
      ClientId: 'c1',
      ClientName: 'web',
      ClientSecret: 'never-to-be-seen',
      WriteAttributes: ['email'],
    },
  }),
};

/** What a small account with everything in eu-central-1 answers; us-east-1 has nothing, and other regions of it are off. */
export function answerAsAccount({ region, service, operation, input }: Call): Answer | undefined {
  const isGlobal = /^(iam|cloudfront)$/.test(service);
  if (region === 'us-east-1' && !isGlobal && service !== 'sts' && service !== 's3') return {};
  if (region !== 'eu-central-1' && region !== 'us-east-1' && !isGlobal)
    return { error: 'UnrecognizedClientException', status: 403 };
  return answers[`${service}.${operation}`]?.(input);
}
