import type { TypeMapping } from './type-mapping.ts';

const executeApi = 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${@}';
const ofMethod = ['rest_api_id', 'resource_id', 'http_method'];

export const api: Readonly<Record<string, TypeMapping>> = {
  aws_api_gateway_rest_api: {
    type: 'AWS::ApiGateway::RestApi',
    properties: { body: 'Body{}', policy: 'Policy{}' },
    attributes: {
      execution_arn: executeApi,
      root_resource_id: '${@.RootResourceId}',
      arn: 'arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${@}',
    },
  },
  aws_api_gateway_rest_api_policy: {
    type: 'AWS::ApiGateway::RestApi',
    properties: { policy: 'Policy{}' },
    into: { by: 'rest_api_id', of: 'aws_api_gateway_rest_api', at: '' },
  },
  aws_api_gateway_resource: { type: 'AWS::ApiGateway::Resource' },
  aws_api_gateway_method: {
    type: 'AWS::ApiGateway::Method',
    properties: { authorization: 'AuthorizationType' },
  },
  aws_api_gateway_integration: {
    type: 'AWS::ApiGateway::Method',
    into: { by: ofMethod, of: 'aws_api_gateway_method', at: 'Integration' },
  },
  aws_api_gateway_authorizer: {
    type: 'AWS::ApiGateway::Authorizer',
    properties: {
      provider_arns: 'ProviderARNs',
      authorizer_result_ttl_in_seconds: 'AuthorizerResultTtlInSeconds',
    },
  },
  aws_api_gateway_deployment: { type: 'AWS::ApiGateway::Deployment', properties: { triggers: '-' } },
  aws_api_gateway_stage: {
    type: 'AWS::ApiGateway::Stage',
    properties: {
      access_log_settings: 'AccessLogSetting',
      xray_tracing_enabled: 'TracingEnabled',
    },
    attributes: {
      stage_name: '${@}',
      execution_arn: 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${@}',
    },
  },
  aws_api_gateway_method_settings: {
    type: 'AWS::ApiGateway::Stage',
    properties: {
      settings: '.',
      stage_name: '-',
      rest_api_id: '-',
      method_path: 'ResourcePath',
    },
    into: { by: 'stage_name', of: 'aws_api_gateway_stage', at: 'MethodSettings[]' },
  },
  aws_api_gateway_usage_plan: {
    type: 'AWS::ApiGateway::UsagePlan',
    properties: { api_stages: 'ApiStages[]' },
  },
  aws_api_gateway_usage_plan_key: { type: 'AWS::ApiGateway::UsagePlanKey' },
  aws_api_gateway_api_key: { type: 'AWS::ApiGateway::ApiKey' },
  aws_api_gateway_gateway_response: { type: 'AWS::ApiGateway::GatewayResponse' },
  aws_api_gateway_domain_name: { type: 'AWS::ApiGateway::DomainName' },
  aws_api_gateway_account: { type: 'AWS::ApiGateway::Account' },
  aws_apigatewayv2_api: {
    type: 'AWS::ApiGatewayV2::Api',
    properties: { body: 'Body{}' },
    attributes: { execution_arn: executeApi, api_endpoint: '${@.ApiEndpoint}' },
  },
  aws_apigatewayv2_route: { type: 'AWS::ApiGatewayV2::Route' },
  aws_apigatewayv2_integration: { type: 'AWS::ApiGatewayV2::Integration' },
  aws_apigatewayv2_authorizer: {
    type: 'AWS::ApiGatewayV2::Authorizer',
    properties: { identity_sources: 'IdentitySource' },
  },
  aws_apigatewayv2_stage: {
    type: 'AWS::ApiGatewayV2::Stage',
    properties: { name: 'StageName', route_settings: 'RouteSettings[]' },
    attributes: { execution_arn: executeApi, name: '${@}' },
  },
  aws_apigatewayv2_deployment: { type: 'AWS::ApiGatewayV2::Deployment' },
  aws_apigatewayv2_domain_name: { type: 'AWS::ApiGatewayV2::DomainName' },
  aws_apigatewayv2_api_mapping: { type: 'AWS::ApiGatewayV2::ApiMapping' },
  aws_appsync_graphql_api: {
    type: 'AWS::AppSync::GraphQLApi',
    properties: {
      additional_authentication_provider: 'AdditionalAuthenticationProviders[]',
      schema: '-',
      'log_config.cloudwatch_logs_role_arn': 'CloudWatchLogsRoleArn',
      openid_connect_config: 'OpenIDConnectConfig',
      'additional_authentication_provider.openid_connect_config': 'OpenIDConnectConfig',
    },
    attributes: { id: '${@.ApiId}', arn: '${@.Arn}' },
  },
  aws_appsync_datasource: {
    type: 'AWS::AppSync::DataSource',
    properties: {
      'lambda_config.function_arn': 'LambdaFunctionArn',
      dynamodb_config: 'DynamoDBConfig',
      'dynamodb_config.region': 'AwsRegion',
    },
    attributes: { name: '${@.Name}' },
  },
  aws_appsync_resolver: {
    type: 'AWS::AppSync::Resolver',
    properties: { type: 'TypeName', field: 'FieldName', data_source: 'DataSourceName' },
  },
  aws_appsync_function: {
    type: 'AWS::AppSync::FunctionConfiguration',
    properties: { data_source: 'DataSourceName' },
  },
  aws_appsync_api_key: { type: 'AWS::AppSync::ApiKey' },
  aws_wafv2_web_acl: {
    type: 'AWS::WAFv2::WebACL',
    properties: { rule: 'Rules[]' },
    attributes: { arn: '${@.Arn}' },
  },
  aws_wafv2_web_acl_association: {
    type: 'AWS::WAFv2::WebACLAssociation',
    properties: { web_acl_arn: 'WebACLArn' },
  },
  aws_cloudfront_distribution: {
    type: 'AWS::CloudFront::Distribution',
    attributes: {
      domain_name: '${@.DomainName}',
      arn: 'arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${@}',
    },
  },
};
