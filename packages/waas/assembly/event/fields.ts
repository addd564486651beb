// The few fields of an event that say what it is and who sent it; the numbers are those of words/fields.json.
import { byteAt } from '../base/bytes';
import { readString } from '../walk/json-string';

export enum Field {
  HTTP_METHOD = 1,
  HTTP_API_METHOD = 2,
  ELB = 3,
  CONNECTION_ID = 4,
  REST_SOURCE_IP = 5,
  HTTP_SOURCE_IP = 6,
  DOMAIN_NAME = 7,
  FORWARDED_FOR = 8,
  FORWARDED_FOR_VALUES = 9,
  EDGE_CLIENT_IP = 10,
  RECORD_SOURCE = 11,
  MESSAGE_ID = 12,
  KINESIS_SEQUENCE = 13,
  DYNAMODB_SEQUENCE = 14,
  FIREHOSE_RECORD = 15,
  DELIVERY_STREAM = 16,
  EVENT_SOURCE = 17,
  DETAIL_TYPE = 18,
  COGNITO_TRIGGER = 19,
  LOGS_DATA = 20,
  CONTACT_DATA = 21,
  LEX_STATE = 22,
  LEX_INTENT = 23,
  APPSYNC_FIELD = 24,
  APPSYNC_SOURCE_IP = 25,
  AZURE_REQUEST = 26,
  METHOD_ARN = 27,
  FIRST_PRINCIPAL = 28,
  LAST_PRINCIPAL = 34,
  HOST = 36,
  CONTENT_TYPE = 37,
  CONTENT_ENCODING = 38,
  IS_BASE64 = 39,
  RESOURCE = 40,
  ROUTE_KEY = 41,
  STAGE = 42,
  PATH = 43,
  RAW_PATH = 44,
  RAW_QUERY = 45,
  QUERY = 46,
  QUERY_VALUES = 47,
  HEADERS = 48,
  HEADER_VALUES = 49,
  COOKIES = 50,
  COOKIE = 51,
  COOKIE_VALUES = 52,
  BODY = 53,
  AZURE_METHOD = 54,
  AZURE_URL = 55,
  AZURE_QUERY = 56,
  AZURE_HEADERS = 57,
  AZURE_COOKIES = 58,
  AZURE_BODY = 59,
  COUNT = 60,
}

/** For each field where its value begins and ends in the event: within the quotes for a string; 0 where it is missing. */
const spans: usize = memory.data(480);

export function resetFields(): void {
  memory.fill(spans, 0, <usize>Field.COUNT * 8);
}

/** Keeps the first value of a field: of the records' fields, that of the first record. */
export function setField(field: i32, at: usize, end: usize): void {
  const span = spans + ((<usize>field) << 3);
  if (load<u32>(span)) return;
  store<u32>(span, at);
  store<u32>(span, end, 4);
}

export function hasField(field: i32): bool {
  return load<u32>(spans + ((<usize>field) << 3)) !== 0;
}

export function fieldAt(field: i32): usize {
  return load<u32>(spans + ((<usize>field) << 3));
}

export function fieldEnd(field: i32): usize {
  return load<u32>(spans + ((<usize>field) << 3), 4);
}

export function isText(field: Field): bool {
  return hasField(field) && byteAt(fieldAt(field) - 1) === 0x22;
}

export function isObject(field: Field): bool {
  return hasField(field) && byteAt(fieldAt(field)) === 0x7b;
}

/** Reads a field's text into newly reserved memory. Its end; 0 where the field is no text. */
export function readField(field: Field): usize {
  return isText(field) ? readString(fieldAt(field) - 1, fieldEnd(field) + 1) : 0;
}
