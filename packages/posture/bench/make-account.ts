const account = '123456789012';
const arnOf = (service: string, rest: string, region = 'eu-west-1') =>
  `arn:aws:${service}:${region}:${account}:${rest}`;

type Values = Record<string, unknown>;

/** What the account has of one kind, by number. */
const many = (count: number, make: (index: number) => [address: string, values: Values]) =>
  Array.from({ length: count }, (_, index) => {
    const [address, values] = make(index);
    return { address, mode: 'managed', type: address.slice(0, address.indexOf('.')), values };
  });

const policy = (index: number) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
        Resource: [
          arnOf('dynamodb', `table/table-${index % 300}`),
          `${arnOf('dynamodb', `table/table-${index % 300}`)}/index/*`,
        ],
      },
      {
        Effect: 'Allow',
        Action: index % 10 === 0 ? 's3:*' : ['s3:GetObject', 's3:PutObject'],
        Resource: `arn:aws:s3:::bucket-${index % 200}/*`,
      },
      {
        Effect: 'Allow',
        Action: ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'],
        Resource: arnOf('sqs', `queue-${index % 500}`),
      },
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' },
    ],
  });

const assume = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

/** An account as a state of Terraform: 2,000 functions and 500 roles, with what starts them and what they reach. Some are badly set. */
export function makeAccount(): object {
  const functionArn = (index: number) => arnOf('lambda', `function:function-${index}`);
  const resources = [
    ...many(500, (index) => [
      `aws_iam_role.r${index}`,
      {
        name: `role-${index}`,
        id: `role-${index}`,
        arn: arnOf('iam', `role/role-${index}`, ''),
        assume_role_policy: assume,
      },
    ]),
    ...many(500, (index) => [
      `aws_iam_role_policy.r${index}`,
      { role: `role-${index}`, name: 'access', policy: policy(index) },
    ]),
    ...many(500, (index) => [
      `aws_iam_role_policy_attachment.r${index}`,
      {
        role: `role-${index}`,
        policy_arn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
      },
    ]),
    ...many(50, (index) => [
      `aws_iam_role_policy_attachment.broad${index}`,
      {
        role: `role-${index * 10}`,
        policy_arn: `arn:aws:iam::aws:policy/${index % 2 ? 'AmazonS3FullAccess' : 'AmazonDynamoDBFullAccess'}`,
      },
    ]),
    ...many(2_000, (index) => [
      `aws_lambda_function.f${index}`,
      {
        function_name: `function-${index}`,
        arn: functionArn(index),
        invoke_arn: arnOf('apigateway', `lambda:path/2015-03-31/functions/${functionArn(index)}/invocations`),
        role: arnOf('iam', `role/role-${index % 500}`, ''),
        handler: 'index.handler',
        runtime: ['nodejs22.x', 'python3.13', 'java21', 'nodejs16.x'][index % 4],
        timeout: index % 50 === 0 ? 900 : 30,
        memory_size: 512,
        tracing_config: [{ mode: index % 3 === 0 ? 'PassThrough' : 'Active' }],
        dead_letter_config: index % 2 === 0 ? [{ target_arn: arnOf('sqs', `queue-${index % 500}`) }] : [],
        environment: [
          {
            variables: {
              TABLE: `table-${index % 300}`,
              BUCKET: `bucket-${index % 200}`,
              QUEUE_URL: `https://sqs.eu-west-1.amazonaws.com/${account}/queue-${index % 500}`,
              STAGE: 'prod',
              LOG_LEVEL: 'info',
              ...(index % 40 === 0 && { DB_PASSWORD: `horse-${index}-battery` }),
            },
          },
        ],
      },
    ]),
    ...many(2_000, (index) => [
      `aws_cloudwatch_log_group.f${index}`,
      { name: `/aws/lambda/function-${index}`, retention_in_days: index % 2 ? 30 : 0 },
    ]),
    ...many(40, (index) => [
      `aws_apigatewayv2_api.a${index}`,
      { id: `api${1000 + index}`, name: `api-${index}`, protocol_type: 'HTTP' },
    ]),
    ...many(800, (index) => [
      `aws_apigatewayv2_integration.i${index}`,
      {
        id: `int${1000 + index}`,
        api_id: `api${1000 + (index % 40)}`,
        integration_type: 'AWS_PROXY',
        integration_uri: functionArn(index),
      },
    ]),
    ...many(800, (index) => [
      `aws_apigatewayv2_route.r${index}`,
      {
        api_id: `api${1000 + (index % 40)}`,
        route_key: `GET /things/${index}`,
        target: `integrations/int${1000 + index}`,
        authorization_type: index % 20 === 0 ? 'NONE' : 'AWS_IAM',
      },
    ]),
    ...many(500, (index) => [
      `aws_sqs_queue.q${index}`,
      {
        name: `queue-${index}`,
        arn: arnOf('sqs', `queue-${index}`),
        id: `https://sqs.eu-west-1.amazonaws.com/${account}/queue-${index}`,
        url: `https://sqs.eu-west-1.amazonaws.com/${account}/queue-${index}`,
      },
    ]),
    ...many(500, (index) => [
      `aws_lambda_event_source_mapping.q${index}`,
      { event_source_arn: arnOf('sqs', `queue-${index}`), function_name: functionArn(800 + index) },
    ]),
    ...many(300, (index) => [
      `aws_dynamodb_table.t${index}`,
      { name: `table-${index}`, id: `table-${index}`, arn: arnOf('dynamodb', `table/table-${index}`) },
    ]),
    ...many(200, (index) => [
      `aws_s3_bucket.b${index}`,
      { bucket: `bucket-${index}`, id: `bucket-${index}`, arn: `arn:aws:s3:::bucket-${index}` },
    ]),
    ...many(500, (index) => [
      `aws_cloudwatch_event_rule.e${index}`,
      {
        name: `rule-${index}`,
        id: `rule-${index}`,
        arn: arnOf('events', `rule/rule-${index}`),
        schedule_expression: 'rate(1 hour)',
      },
    ]),
    ...many(500, (index) => [
      `aws_cloudwatch_event_target.e${index}`,
      { rule: `rule-${index}`, arn: functionArn(1_300 + index) },
    ]),
    ...many(1_300, (index) => [
      `aws_lambda_permission.p${index}`,
      {
        function_name: `function-${index}`,
        action: 'lambda:InvokeFunction',
        principal: 'apigateway.amazonaws.com',
        source_arn: arnOf('execute-api', `api${1000 + (index % 40)}/*`),
      },
    ]),
  ];
  return { format_version: '1.0', terraform_version: '1.9.0', values: { root_module: { resources } } };
}
