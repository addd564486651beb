import type { Answer, Call } from '../src/testing/fake-aws.ts';
import { makeAccount } from './make-account.ts';

type Values = Record<string, never>;

/** An account as its services tell it: the same as `makeAccount` has as a state of Terraform, 2,000 functions and 500 roles. */
export function answersOfAccount(): (call: Call) => Answer | undefined {
  const { values } = makeAccount() as {
    values: { root_module: { resources: { type: string; values: Values }[] } };
  };
  const all = (type: string) =>
    values.root_module.resources.filter((each) => each.type === type).map((each) => each.values);
  const many = <Item>(items: Item[], size: number, token: string | undefined) => {
    const at = Number(token ?? 0);
    return {
      items: items.slice(at, at + size),
      next: at + size < items.length ? String(at + size) : undefined,
    };
  };
  const text = (value: unknown) => String(value ?? '');
  const by = (items: Values[], key: string) => {
    const found = new Map<string, Values[]>();
    for (const item of items) found.set(text(item[key]), [...(found.get(text(item[key])) ?? []), item]);
    return found;
  };
  const [functions, permissions] = [
    all('aws_lambda_function'),
    by(all('aws_lambda_permission'), 'function_name'),
  ];
  const [routes, integrations] = [
    by(all('aws_apigatewayv2_route'), 'api_id'),
    by(all('aws_apigatewayv2_integration'), 'api_id'),
  ];
  const [own, attached] = [
    by(all('aws_iam_role_policy'), 'role'),
    by(all('aws_iam_role_policy_attachment'), 'role'),
  ];
  const targets = by(all('aws_cloudwatch_event_target'), 'rule');
  const queues = new Map(all('aws_sqs_queue').map((queue) => [text(queue.url), queue]));
  const buckets = all('aws_s3_bucket').map(({ bucket }) => `<Bucket><Name>${text(bucket)}</Name></Bucket>`);
  const answers: Record<string, (input: Call['input']) => Answer> = {
    'sts.GetCallerIdentity': () => ({ Account: '123456789012' }),
    'iam.GetAccountAuthorizationDetails': ({ Marker }) => {
      const { items, next } = many(all('aws_iam_role'), 100, Marker);
      return {
        RoleDetailList: items.map(({ name, arn, assume_role_policy }) => ({
          RoleName: name,
          Path: '/',
          Arn: arn,
          AssumeRolePolicyDocument: encodeURIComponent(assume_role_policy),
          RolePolicyList: (own.get(name) ?? []).map((each) => ({
            PolicyName: each.name,
            PolicyDocument: encodeURIComponent(text(each.policy)),
          })),
          AttachedManagedPolicies: (attached.get(name) ?? []).map(({ policy_arn }) => ({
            PolicyArn: policy_arn,
          })),
        })),
        IsTruncated: next !== undefined,
        ...(next !== undefined && { Marker: next }),
      };
    },
    'lambda.ListFunctions': ({ Marker }) => {
      const { items, next } = many(functions, 50, Marker);
      return {
        Functions: items.map((each) => ({
          FunctionName: each.function_name,
          FunctionArn: each.arn,
          Role: each.role,
          Handler: each.handler,
          Runtime: each.runtime,
          Timeout: each.timeout,
          MemorySize: each.memory_size,
          TracingConfig: { Mode: (each.tracing_config as { mode: string }[])[0]?.mode },
          Environment: { Variables: (each.environment as { variables: object }[])[0]?.variables },
        })),
        NextMarker: next,
      };
    },
    'lambda.GetPolicy': ({ name = '' }) => {
      const found = permissions.get(name);
      if (!found) return { error: 'ResourceNotFoundException', status: 404 };
      const Statement = found.map(({ principal, action, source_arn }) => ({
        Effect: 'Allow',
        Principal: { Service: principal },
        Action: action,
        Resource: '*',
        Condition: { ArnLike: { 'AWS:SourceArn': source_arn } },
      }));
      return { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) };
    },
    'lambda.ListFunctionUrlConfigs': () => ({ FunctionUrlConfigs: [] }),
    'lambda.ListFunctionEventInvokeConfigs': () => ({ FunctionEventInvokeConfigs: [] }),
    'lambda.GetFunctionConcurrency': () => ({}),
    'lambda.ListEventSourceMappings': ({ Marker }) => {
      const { items, next } = many(all('aws_lambda_event_source_mapping'), 100, Marker);
      return {
        EventSourceMappings: items.map(({ event_source_arn, function_name }) => ({
          UUID: text(function_name).slice(-12),
          EventSourceArn: event_source_arn,
          FunctionArn: function_name,
        })),
        NextMarker: next,
      };
    },
    'apigateway.GetApis': () => ({
      items: all('aws_apigatewayv2_api').map(({ id, name }) => ({ apiId: id, name, protocolType: 'HTTP' })),
    }),
    'apigateway.GetRoutes': ({ api = '' }) => ({
      items: routes.get(api)?.map(({ route_key, target, authorization_type }) => ({
        routeId: text(route_key).slice(-4),
        routeKey: route_key,
        target,
        authorizationType: authorization_type,
      })),
    }),
    'apigateway.GetIntegrations': ({ api = '' }) => ({
      items: integrations.get(api)?.map(({ id, integration_uri }) => ({
        integrationId: id,
        integrationType: 'AWS_PROXY',
        integrationUri: integration_uri,
      })),
    }),
    'apigateway.GetHttpStages': () => ({ items: [{ stageName: '$default' }] }),
    'events.ListEventBuses': () => ({ EventBuses: [{ Name: 'default' }] }),
    'events.ListRules': ({ NextToken }) => {
      const { items, next } = many(all('aws_cloudwatch_event_rule'), 100, NextToken);
      return {
        Rules: items.map(({ name, arn }) => ({ Name: name, Arn: arn, EventBusName: 'default' })),
        NextToken: next,
      };
    },
    'events.ListTargetsByRule': ({ Rule = '' }) => ({
      Targets: targets.get(Rule)?.map(({ arn }) => ({ Id: 'a', Arn: arn })),
    }),
    'sqs.ListQueues': () => ({ QueueUrls: [...queues.keys()] }),
    'sqs.GetQueueAttributes': ({ QueueUrl = '' }) => ({
      Attributes: { QueueArn: queues.get(QueueUrl)?.arn, SqsManagedSseEnabled: 'true' },
    }),
    'dynamodb.ListTables': ({ ExclusiveStartTableName }) => {
      const names = all('aws_dynamodb_table').map(({ name }) => text(name));
      const at = ExclusiveStartTableName === undefined ? 0 : names.indexOf(ExclusiveStartTableName) + 1;
      const shown = names.slice(at, at + 100);
      return { TableNames: shown, ...(at + 100 < names.length && { LastEvaluatedTableName: shown.at(-1) }) };
    },
    'dynamodb.DescribeTable': ({ TableName }) => ({
      Table: { TableName, TableArn: `arn:aws:dynamodb:eu-west-1:123456789012:table/${TableName}` },
    }),
    'dynamodb.GetResourcePolicy': () => ({ error: 'PolicyNotFoundException', status: 400 }),
    'dynamodb.DescribeContinuousBackups': () => ({ ContinuousBackupsDescription: {} }),
    'logs.DescribeLogGroups': ({ nextToken }) => {
      const { items, next } = many(all('aws_cloudwatch_log_group'), 50, nextToken);
      return {
        logGroups: items.map(({ name, retention_in_days }) => ({
          logGroupName: name,
          ...(retention_in_days && { retentionInDays: retention_in_days }),
        })),
        nextToken: next,
      };
    },
    's3.ListBuckets': () =>
      `<ListAllMyBucketsResult><Buckets>${buckets.join('')}</Buckets></ListAllMyBucketsResult>`,
  };
  return ({ service, operation, input }) => {
    const answer = answers[`${service}.${operation}`];
    if (answer) return answer(input);
    if (service === 's3') return { error: 'NoSuchConfiguration', status: 404 };
    return service === 'cloudfront' ? '<DistributionList/>' : {};
  };
}
