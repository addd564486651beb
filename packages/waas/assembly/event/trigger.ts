// What brought the event: told by the fields that only one of AWS's services (or Azure's custom handlers) writes together.
import { contains } from '../base/bytes';
import { Field, fieldAt, fieldEnd, hasField } from './fields';
import { recordCount } from './records';

export enum Trigger {
  DIRECT,
  REST_API,
  HTTP_API,
  FUNCTION_URL,
  WEBSOCKET,
  ALB,
  EDGE,
  AUTHORIZER,
  SQS,
  SNS,
  S3,
  DYNAMODB,
  KINESIS,
  FIREHOSE,
  KAFKA,
  MQ,
  SES,
  EVENTBRIDGE,
  COGNITO,
  LOGS,
  CONNECT,
  LEX,
  APPSYNC,
  AZURE_HTTP,
}

export function triggerOf(): Trigger {
  if (hasField(Field.METHOD_ARN)) return Trigger.AUTHORIZER;
  if (hasField(Field.CONNECTION_ID)) return Trigger.WEBSOCKET;
  if (hasField(Field.ELB)) return Trigger.ALB;
  if (hasField(Field.HTTP_API_METHOD))
    return holds(Field.DOMAIN_NAME, '.lambda-url.') ? Trigger.FUNCTION_URL : Trigger.HTTP_API;
  if (hasField(Field.HTTP_METHOD)) return Trigger.REST_API;
  if (hasField(Field.EDGE_CLIENT_IP)) return Trigger.EDGE;
  if (hasField(Field.DELIVERY_STREAM)) return Trigger.FIREHOSE;
  if (recordCount() > 0 && hasField(Field.RECORD_SOURCE)) return recordsTrigger();
  if (hasField(Field.EVENT_SOURCE)) return queueTrigger();
  if (hasField(Field.DETAIL_TYPE)) return Trigger.EVENTBRIDGE;
  if (hasField(Field.COGNITO_TRIGGER)) return Trigger.COGNITO;
  if (hasField(Field.LOGS_DATA)) return Trigger.LOGS;
  if (hasField(Field.CONTACT_DATA)) return Trigger.CONNECT;
  if (hasField(Field.LEX_STATE) || hasField(Field.LEX_INTENT)) return Trigger.LEX;
  if (hasField(Field.APPSYNC_FIELD)) return Trigger.APPSYNC;
  return hasField(Field.AZURE_REQUEST) ? Trigger.AZURE_HTTP : Trigger.DIRECT;
}

function recordsTrigger(): Trigger {
  if (holds(Field.RECORD_SOURCE, 'aws:sqs')) return Trigger.SQS;
  if (holds(Field.RECORD_SOURCE, 'aws:sns')) return Trigger.SNS;
  if (holds(Field.RECORD_SOURCE, 'aws:s3')) return Trigger.S3;
  if (holds(Field.RECORD_SOURCE, 'aws:dynamodb')) return Trigger.DYNAMODB;
  if (holds(Field.RECORD_SOURCE, 'aws:kinesis')) return Trigger.KINESIS;
  return holds(Field.RECORD_SOURCE, 'aws:ses') ? Trigger.SES : Trigger.DIRECT;
}

function queueTrigger(): Trigger {
  if (holds(Field.EVENT_SOURCE, 'afka')) return Trigger.KAFKA;
  return holds(Field.EVENT_SOURCE, 'mq') ? Trigger.MQ : Trigger.DIRECT;
}

function holds(field: Field, word: string): bool {
  return contains(fieldAt(field), fieldEnd(field), word);
}

/** The trigger's name, as audits write it. */
export function triggerName(trigger: Trigger): string {
  switch (trigger) {
    case Trigger.REST_API:
      return 'rest-api';
    case Trigger.HTTP_API:
      return 'http-api';
    case Trigger.FUNCTION_URL:
      return 'function-url';
    case Trigger.WEBSOCKET:
      return 'websocket';
    case Trigger.ALB:
      return 'alb';
    case Trigger.EDGE:
      return 'lambda-edge';
    case Trigger.AUTHORIZER:
      return 'authorizer';
    case Trigger.SQS:
      return 'sqs';
    case Trigger.SNS:
      return 'sns';
    case Trigger.S3:
      return 's3';
    case Trigger.DYNAMODB:
      return 'dynamodb';
    case Trigger.KINESIS:
      return 'kinesis';
    case Trigger.FIREHOSE:
      return 'firehose';
    case Trigger.KAFKA:
      return 'kafka';
    case Trigger.MQ:
      return 'mq';
    case Trigger.SES:
      return 'ses';
    case Trigger.EVENTBRIDGE:
      return 'eventbridge';
    case Trigger.COGNITO:
      return 'cognito';
    case Trigger.LOGS:
      return 'cloudwatch-logs';
    case Trigger.CONNECT:
      return 'connect';
    case Trigger.LEX:
      return 'lex';
    case Trigger.APPSYNC:
      return 'appsync';
    case Trigger.AZURE_HTTP:
      return 'azure-http';
    default:
      return 'direct';
  }
}
