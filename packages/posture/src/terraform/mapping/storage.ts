import type { TypeMapping } from './type-mapping.ts';

const ofBucket = (at: string, properties: TypeMapping['properties'] = {}): TypeMapping => ({
  type: 'AWS::S3::Bucket',
  properties: { bucket: '-', ...properties },
  into: { by: 'bucket', of: 'aws_s3_bucket', at },
});

export const storage: Readonly<Record<string, TypeMapping>> = {
  aws_s3_bucket: {
    type: 'AWS::S3::Bucket',
    properties: {
      bucket: 'BucketName',
      bucket_prefix: '-',
      acl: 'AccessControl<>',
      policy: '-',
      versioning: 'VersioningConfiguration',
      'versioning.enabled': 'Status',
      server_side_encryption_configuration: 'BucketEncryption',
      'server_side_encryption_configuration.rule': 'ServerSideEncryptionConfiguration[]',
      'server_side_encryption_configuration.rule.apply_server_side_encryption_by_default':
        'ServerSideEncryptionByDefault',
      'server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm':
        'SSEAlgorithm',
      'server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.kms_master_key_id':
        'KMSMasterKeyID',
      logging: 'LoggingConfiguration',
      website: 'WebsiteConfiguration',
      cors_rule: 'CorsConfiguration.CorsRules[]',
    },
    attributes: { bucket: '${@}' },
    policy: { argument: 'policy', type: 'AWS::S3::BucketPolicy', of: 'Bucket' },
  },
  aws_s3_bucket_policy: { type: 'AWS::S3::BucketPolicy', properties: { policy: 'PolicyDocument{}' } },
  aws_s3_bucket_public_access_block: ofBucket('PublicAccessBlockConfiguration'),
  aws_s3_bucket_acl: ofBucket('', { acl: 'AccessControl<>' }),
  aws_s3_bucket_versioning: ofBucket('', { versioning_configuration: 'VersioningConfiguration' }),
  aws_s3_bucket_ownership_controls: ofBucket('', { rule: 'OwnershipControls.Rules[]' }),
  aws_s3_bucket_website_configuration: ofBucket('WebsiteConfiguration'),
  aws_s3_bucket_logging: ofBucket('LoggingConfiguration', {
    target_bucket: 'DestinationBucketName',
    target_prefix: 'LogFilePrefix',
  }),
  aws_s3_bucket_cors_configuration: ofBucket('CorsConfiguration', { cors_rule: 'CorsRules[]' }),
  aws_s3_bucket_server_side_encryption_configuration: ofBucket('BucketEncryption', {
    rule: 'ServerSideEncryptionConfiguration[]',
    'rule.apply_server_side_encryption_by_default': 'ServerSideEncryptionByDefault',
    'rule.apply_server_side_encryption_by_default.sse_algorithm': 'SSEAlgorithm',
    'rule.apply_server_side_encryption_by_default.kms_master_key_id': 'KMSMasterKeyID',
  }),
  aws_s3_bucket_notification: ofBucket('NotificationConfiguration', {
    lambda_function: 'LambdaConfigurations[]',
    'lambda_function.lambda_function_arn': 'Function',
    'lambda_function.events': 'Event',
    queue: 'QueueConfigurations[]',
    'queue.queue_arn': 'Queue',
    topic: 'TopicConfigurations[]',
    'topic.topic_arn': 'Topic',
    eventbridge: 'EventBridgeConfiguration.EventBridgeEnabled',
  }),
  aws_dynamodb_table: {
    type: 'AWS::DynamoDB::Table',
    properties: {
      name: 'TableName',
      attribute: 'AttributeDefinitions[]',
      'attribute.name': 'AttributeName',
      'attribute.type': 'AttributeType',
      global_secondary_index: 'GlobalSecondaryIndexes[]',
      local_secondary_index: 'LocalSecondaryIndexes[]',
      replica: 'Replicas[]',
      server_side_encryption: 'SSESpecification',
      'server_side_encryption.enabled': 'SSEEnabled',
      'server_side_encryption.kms_key_arn': 'KMSMasterKeyId',
      point_in_time_recovery: 'PointInTimeRecoverySpecification',
      'point_in_time_recovery.enabled': 'PointInTimeRecoveryEnabled',
      stream_enabled: '-',
      stream_view_type: 'StreamSpecification.StreamViewType',
      ttl: 'TimeToLiveSpecification',
    },
    attributes: { name: '${@}', stream_arn: '${@.StreamArn}' },
  },
  aws_secretsmanager_secret: {
    type: 'AWS::SecretsManager::Secret',
    properties: { policy: '-' },
    attributes: { arn: '${@}', name: '${@.Name}' },
    policy: {
      argument: 'policy',
      type: 'AWS::SecretsManager::ResourcePolicy',
      of: 'SecretId',
      document: 'ResourcePolicy',
    },
  },
  aws_secretsmanager_secret_version: {
    type: 'AWS::SecretsManager::Secret',
    properties: { secret_id: '-', version_stages: '-' },
    into: { by: 'secret_id', of: 'aws_secretsmanager_secret', at: '' },
  },
  aws_secretsmanager_secret_policy: {
    type: 'AWS::SecretsManager::ResourcePolicy',
    properties: { secret_arn: 'SecretId', policy: 'ResourcePolicy{}' },
  },
  aws_secretsmanager_secret_rotation: {
    type: 'AWS::SecretsManager::RotationSchedule',
    properties: { rotation_lambda_arn: 'RotationLambdaARN' },
  },
  aws_ssm_parameter: { type: 'AWS::SSM::Parameter', attributes: { name: '${@}' } },
  aws_kms_key: {
    type: 'AWS::KMS::Key',
    properties: { policy: 'KeyPolicy{}', deletion_window_in_days: 'PendingWindowInDays' },
    attributes: { key_id: '${@}' },
  },
  aws_kms_key_policy: {
    type: 'AWS::KMS::Key',
    properties: { policy: 'KeyPolicy{}', key_id: '-' },
    into: { by: 'key_id', of: 'aws_kms_key', at: '' },
  },
  aws_kms_alias: { type: 'AWS::KMS::Alias', properties: { name: 'AliasName' }, attributes: { name: '${@}' } },
  aws_efs_file_system: { type: 'AWS::EFS::FileSystem' },
  aws_efs_access_point: { type: 'AWS::EFS::AccessPoint' },
  aws_ecr_repository: {
    type: 'AWS::ECR::Repository',
    properties: { name: 'RepositoryName' },
    attributes: { name: '${@}', repository_url: '${@.RepositoryUri}' },
  },
  aws_ecr_repository_policy: {
    type: 'AWS::ECR::Repository',
    properties: { policy: 'RepositoryPolicyText{}', repository: '-' },
    into: { by: 'repository', of: 'aws_ecr_repository', at: '' },
  },
  aws_db_instance: {
    type: 'AWS::RDS::DBInstance',
    properties: { username: 'MasterUsername', password: 'MasterUserPassword' },
    attributes: {
      address: '${@.Endpoint.Address}',
      endpoint: '${@.Endpoint.Address}',
      port: '${@.Endpoint.Port}',
    },
  },
  aws_rds_cluster: {
    type: 'AWS::RDS::DBCluster',
    properties: { master_password: 'MasterUserPassword' },
    attributes: { arn: '${@.DBClusterArn}', endpoint: '${@.Endpoint.Address}' },
  },
  aws_db_proxy: { type: 'AWS::RDS::DBProxy', attributes: { arn: '${@.DBProxyArn}' } },
  aws_elasticache_cluster: { type: 'AWS::ElastiCache::CacheCluster' },
  aws_opensearch_domain: {
    type: 'AWS::OpenSearchService::Domain',
    properties: { access_policies: 'AccessPolicies{}' },
  },
};
