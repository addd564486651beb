import { type FoundCall, operationName, waiters } from '../found-call.ts';
import type { Follower } from './follow.ts';
import type { CallShape, Frame } from './frame.ts';
import { partsOf } from './parts-of-requests.ts';
import { Request } from './requests.ts';

/** Methods that call nothing. */
const notCalls =
  /^(close|serviceName|serviceClientConfiguration|waiter|waiters|utilities|create|builder|crtCreate|crtBuilder|build|standard|defaultClient|shutdown|Dispose|toString|hashCode|equals|getUrl|getRegion\w*|setRegion|setEndpoint|getCachedResponseMetadata|with[A-Z]\w*|region|credentialsProvider|httpClient\w*|endpointOverride|overrideConfiguration|forcePathStyle|dualstackEnabled|crossRegionAccessEnabled|defaultsMode|multipartEnabled|s3Client|asyncConfiguration|DetermineServiceOperationEndPoint|Config|GetHashCode)$/;
/** Methods that are called otherwise than the operation. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  GetObjectAsBytes: ['GetObject'],
  GetObjectAsString: ['GetObject'],
  GetObjectStream: ['GetObject'],
  DownloadToFilePath: ['GetObject'],
  DoesObjectExist: ['HeadObject'],
  GetObjectMetadata: ['HeadObject'],
  DoesBucketExist: ['HeadBucket'],
  DoesBucketExistV2: ['GetBucketAcl'],
  DoesS3BucketExist: ['HeadBucket'],
  SetObjectAcl: ['PutObjectAcl'],
  InitiateMultipartUpload: ['CreateMultipartUpload'],
  ListNextBatchOfObjects: ['ListObjects'],
  GetAllObjectKeys: ['ListObjects'],
  UploadObjectFromFilePath: ['PutObject'],
  UploadObjectFromStream: ['PutObject'],
  Deletes: ['DeleteObjects'],
  PublishText: ['Publish'],
};

/** What an address is signed for. */
function signedOperation(request: Request): string[] {
  const methods = request.choices.get('HttpMethod') ?? request.choices.get('Verb') ?? ['GET'];
  return methods.map((method) =>
    /put/i.test(method) ? 'PutObject' : /delete/i.test(method) ? 'DeleteObject' : 'GetObject',
  );
}

/** The calls that a method of a client of Java or .NET makes. */
export function clientCalls(
  service: string,
  call: CallShape,
  frame: Frame,
  follower: Follower,
  isGuess = false,
): FoundCall[] {
  if (notCalls.test(call.name)) return [];
  const [, waited] = /^waitUntil(\w+)$/.exec(call.name) ?? [];
  const plain = operationName(call.name)
    .replace(/Async$/, '')
    .replace(/Paginator$/, '')
    .replace(/^Presign(?=[A-Z])/, '');
  const name = waited === undefined ? plain : (waiters[waited] ?? waited);
  const request = new Request(follower);
  request.readArguments(call.given, name, frame);
  if (isGuess && !request.isRequest) return [];
  const operations = /^(GeneratePresignedUrl|GetPreSignedURL|GetPreSignedUrl)$/i.test(name)
    ? signedOperation(request)
    : (otherNames[name] ?? [name]);
  return operations.flatMap((operation) =>
    partsOf({ service, operation, choices: request.choices }, request, follower),
  );
}
