import type { TypeMapping } from './type-mapping.ts';

const invocation =
  'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${@.Arn}/invocations';

export const lambda: Readonly<Record<string, TypeMapping>> = {
  aws_lambda_function: {
    type: 'AWS::Lambda::Function',
    properties: {
      filename: 'Code',
      image_uri: 'Code.ImageUri',
      s3_bucket: 'Code.S3Bucket',
      s3_key: 'Code.S3Key',
      s3_object_version: 'Code.S3ObjectVersion',
      source_code_hash: '-',
      file_system_config: 'FileSystemConfigs[]',
      'logging_config.log_group': 'LogGroup',
    },
    unset: { reserved_concurrent_executions: -1 },
    attributes: {
      function_name: '${@}',
      invoke_arn: invocation,
      qualified_arn: '${@.Arn}',
      qualified_invoke_arn: invocation,
      version: '${@.Version}',
    },
  },
  aws_lambda_alias: {
    type: 'AWS::Lambda::Alias',
    attributes: { arn: '${@}', invoke_arn: invocation.replace('@.Arn', '@') },
  },
  aws_lambda_permission: {
    type: 'AWS::Lambda::Permission',
    properties: {
      principal_org_id: 'PrincipalOrgID',
      statement_id: '-',
      function_url_auth_type: 'FunctionUrlAuthType',
    },
  },
  aws_lambda_event_source_mapping: {
    type: 'AWS::Lambda::EventSourceMapping',
    properties: {
      'destination_config.on_failure.destination_arn': 'Destination',
      'filter_criteria.filter': 'Filters[]',
      source_access_configuration: 'SourceAccessConfigurations[]',
      'source_access_configuration.uri': 'URI',
    },
  },
  aws_lambda_function_url: {
    type: 'AWS::Lambda::Url',
    properties: { function_name: 'TargetFunctionArn', authorization_type: 'AuthType' },
    attributes: { function_url: '${@.FunctionUrl}', function_arn: '${@.FunctionArn}' },
  },
  aws_lambda_function_event_invoke_config: { type: 'AWS::Lambda::EventInvokeConfig' },
  aws_lambda_layer_version: {
    type: 'AWS::Lambda::LayerVersion',
    properties: {
      filename: 'Content',
      s3_bucket: 'Content.S3Bucket',
      s3_key: 'Content.S3Key',
      source_code_hash: '-',
    },
    attributes: { arn: '${@}', layer_arn: '${@}' },
  },
  aws_lambda_layer_version_permission: {
    type: 'AWS::Lambda::LayerVersionPermission',
    properties: { layer_name: 'LayerVersionArn', organization_id: 'OrganizationId' },
  },
  aws_lambda_provisioned_concurrency_config: {
    type: 'AWS::Lambda::Alias',
    into: { by: 'qualifier', of: 'aws_lambda_alias', at: 'ProvisionedConcurrencyConfig' },
  },
  aws_lambda_code_signing_config: {
    type: 'AWS::Lambda::CodeSigningConfig',
    properties: { policies: 'CodeSigningPolicies' },
    attributes: { arn: '${@}' },
  },
};
