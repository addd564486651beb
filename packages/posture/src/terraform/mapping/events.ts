import type { TypeMapping } from './type-mapping.ts';

export const events: Readonly<Record<string, TypeMapping>> = {
  aws_cloudwatch_event_rule: {
    type: 'AWS::Events::Rule',
    properties: { event_pattern: 'EventPattern{}', is_enabled: '-' },
    attributes: { name: '${@}' },
  },
  aws_cloudwatch_event_target: {
    type: 'AWS::Events::Rule',
    properties: { rule: '-', event_bus_name: '-', target_id: 'Id' },
    into: { by: 'rule', of: 'aws_cloudwatch_event_rule', at: 'Targets[]' },
  },
  aws_cloudwatch_event_bus: { type: 'AWS::Events::EventBus', attributes: { name: '${@}' } },
  aws_cloudwatch_event_bus_policy: {
    type: 'AWS::Events::EventBusPolicy',
    properties: { policy: 'Statement{}' },
  },
  aws_cloudwatch_event_permission: { type: 'AWS::Events::EventBusPolicy' },
  aws_cloudwatch_event_archive: { type: 'AWS::Events::Archive' },
  aws_scheduler_schedule: { type: 'AWS::Scheduler::Schedule' },
  aws_scheduler_schedule_group: { type: 'AWS::Scheduler::ScheduleGroup' },
  aws_pipes_pipe: { type: 'AWS::Pipes::Pipe' },
  aws_cloudwatch_log_group: {
    type: 'AWS::Logs::LogGroup',
    properties: { name: 'LogGroupName' },
    unset: { retention_in_days: 0 },
    attributes: { name: '${@}' },
  },
  aws_cloudwatch_log_subscription_filter: {
    type: 'AWS::Logs::SubscriptionFilter',
    properties: { name: 'FilterName' },
  },
  aws_cloudwatch_log_resource_policy: {
    type: 'AWS::Logs::ResourcePolicy',
    properties: { policy_document: 'PolicyDocument{}' },
  },
  aws_cloudwatch_log_metric_filter: { type: 'AWS::Logs::MetricFilter' },
  aws_cloudwatch_metric_alarm: { type: 'AWS::CloudWatch::Alarm' },
  aws_cloudwatch_dashboard: { type: 'AWS::CloudWatch::Dashboard' },
  aws_sqs_queue: {
    type: 'AWS::SQS::Queue',
    properties: {
      name: 'QueueName',
      redrive_policy: 'RedrivePolicy{}',
      redrive_allow_policy: 'RedriveAllowPolicy{}',
      visibility_timeout_seconds: 'VisibilityTimeout',
      message_retention_seconds: 'MessageRetentionPeriod',
      policy: '-',
    },
    attributes: { url: '${@}', name: '${@.QueueName}' },
    policy: { argument: 'policy', type: 'AWS::SQS::QueuePolicy', of: 'Queues[]' },
  },
  aws_sqs_queue_policy: {
    type: 'AWS::SQS::QueuePolicy',
    properties: { queue_url: 'Queues[]', policy: 'PolicyDocument{}' },
  },
  aws_sqs_queue_redrive_policy: {
    type: 'AWS::SQS::Queue',
    properties: { redrive_policy: 'RedrivePolicy{}', queue_url: '-' },
    into: { by: 'queue_url', of: 'aws_sqs_queue', at: '' },
  },
  aws_sqs_queue_redrive_allow_policy: {
    type: 'AWS::SQS::Queue',
    properties: { redrive_allow_policy: 'RedriveAllowPolicy{}', queue_url: '-' },
    into: { by: 'queue_url', of: 'aws_sqs_queue', at: '' },
  },
  aws_sns_topic: {
    type: 'AWS::SNS::Topic',
    properties: { name: 'TopicName', policy: '-' },
    attributes: { arn: '${@}', name: '${@.TopicName}' },
    policy: { argument: 'policy', type: 'AWS::SNS::TopicPolicy', of: 'Topics[]' },
  },
  aws_sns_topic_policy: {
    type: 'AWS::SNS::TopicPolicy',
    properties: { arn: 'Topics[]', policy: 'PolicyDocument{}' },
  },
  aws_sns_topic_subscription: {
    type: 'AWS::SNS::Subscription',
    properties: { redrive_policy: 'RedrivePolicy{}', filter_policy: 'FilterPolicy{}' },
  },
  aws_sfn_state_machine: {
    type: 'AWS::StepFunctions::StateMachine',
    properties: { name: 'StateMachineName', definition: 'Definition{}', type: 'StateMachineType' },
    attributes: { arn: '${@}' },
  },
  aws_sfn_activity: { type: 'AWS::StepFunctions::Activity', attributes: { arn: '${@}' } },
  aws_kinesis_stream: {
    type: 'AWS::Kinesis::Stream',
    properties: {
      encryption_type: 'StreamEncryption.EncryptionType',
      kms_key_id: 'StreamEncryption.KeyId',
      retention_period: 'RetentionPeriodHours',
    },
    attributes: { name: '${@}' },
  },
  aws_kinesis_stream_consumer: { type: 'AWS::Kinesis::StreamConsumer', attributes: { arn: '${@}' } },
  aws_kinesis_firehose_delivery_stream: {
    type: 'AWS::KinesisFirehose::DeliveryStream',
    properties: {
      name: 'DeliveryStreamName',
      destination: '-',
      server_side_encryption: 'DeliveryStreamEncryptionConfigurationInput',
      kinesis_source_configuration: 'KinesisStreamSourceConfiguration',
      extended_s3_configuration: 'ExtendedS3DestinationConfiguration',
      'extended_s3_configuration.processing_configuration.processors': 'Processors[]',
      'extended_s3_configuration.processing_configuration.processors.parameters': 'Parameters[]',
    },
    attributes: { name: '${@}' },
  },
};
