// What is answered in the function's stead, in the shape that the trigger understands.
import { beginText, put, putNumber, putQuoted, putWords, QUOTED, textEnd } from '../base/writer';
import { refusalBody, refusalStatus, refusalType } from '../settings';
import { Trigger } from './trigger';

/** An answer without the rule's own texts, with room to spare. */
const FIXED: i32 = 512;

/** Whether somebody waits for an answer over HTTP, so that a refusal is a response and no error. */
export function answersHttp(trigger: Trigger): bool {
  switch (trigger) {
    case Trigger.REST_API:
    case Trigger.HTTP_API:
    case Trigger.FUNCTION_URL:
    case Trigger.WEBSOCKET:
    case Trigger.ALB:
    case Trigger.EDGE:
    case Trigger.AZURE_HTTP:
      return true;
    default:
      return false;
  }
}

/** Whether nobody waits for an answer, so that an event can be dropped. */
export function isAsynchronous(trigger: Trigger): bool {
  switch (trigger) {
    case Trigger.SQS:
    case Trigger.SNS:
    case Trigger.S3:
    case Trigger.DYNAMODB:
    case Trigger.KINESIS:
    case Trigger.KAFKA:
    case Trigger.MQ:
    case Trigger.SES:
    case Trigger.EVENTBRIDGE:
    case Trigger.LOGS:
      return true;
    default:
      return false;
  }
}

/** A text of the rule (its length, u16, before it) as a JSON string, or the usual one where the rule has none. */
function putText(text: usize, usual: string): void {
  if (text && load<u16>(text) > 0) {
    putQuoted(text + 2, text + 2 + load<u16>(text));
    return;
  }
  put(0x22);
  putWords(usual);
  put(0x22);
}

function putType(): void {
  putText(refusalType(), 'text/plain; charset=utf-8');
}

function putBody(): void {
  putWords('"body":');
  putText(refusalBody(), 'Forbidden');
}

function textLength(text: usize): i32 {
  return text ? load<u16>(text) : 0;
}

/** Writes the refusal for an HTTP client into newly reserved memory. Its end. */
export function writeHttpRefusal(trigger: Trigger): usize {
  beginText(FIXED + QUOTED * (textLength(refusalType()) + textLength(refusalBody())));
  if (trigger === Trigger.EDGE) {
    putWords('{"status":"');
    putNumber(refusalStatus());
    putWords('","headers":{"content-type":[{"key":"Content-Type","value":');
    putType();
    putWords('}]},');
    putBody();
    put(0x7d);
    return textEnd();
  }
  if (trigger === Trigger.AZURE_HTTP) putWords('{"Outputs":{"res":');
  putWords('{"statusCode":');
  putNumber(refusalStatus());
  // Load balancers ask for the reason phrase beside the status, and look at the number alone.
  if (trigger === Trigger.ALB) {
    putWords(',"statusDescription":"');
    putNumber(refusalStatus());
    putWords(' Refused"');
  }
  putWords(',"headers":{"content-type":');
  putType();
  putWords('},');
  putBody();
  if (trigger === Trigger.AZURE_HTTP) putWords('}},"Logs":[],"ReturnValue":null}');
  else putWords(',"isBase64Encoded":false}');
  return textEnd();
}

/** Writes the error of an invocation as the Runtime API takes it. Its end. */
export function writeError(trigger: Trigger): usize {
  beginText(FIXED);
  // The message on which API Gateway answers 401 for an authorizer that fails.
  if (trigger === Trigger.AUTHORIZER)
    putWords('{"errorMessage":"Unauthorized","errorType":"Ringfence.Refused"}');
  else
    putWords(
      '{"errorMessage":"Ringfence refused the event: see the audit of this request","errorType":"Ringfence.Refused"}',
    );
  return textEnd();
}

/** Writes the success of an event that was dropped. Its end. */
export function writeNothing(): usize {
  beginText(FIXED);
  putWords('null');
  return textEnd();
}
