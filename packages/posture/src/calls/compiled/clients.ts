import type { Typed } from './frame.ts';
import { type ProgramTypes, plainName } from './program.ts';

/** What packages of Java and namespaces of .NET call a service where IAM calls it otherwise. */
const services: Readonly<Record<string, string>> = {
  dynamodbv2: 'dynamodb',
  dynamodbstreamsv2: 'dynamodb',
  simplesystemsmanagement: 'ssm',
  securitytoken: 'sts',
  securitytokenservice: 'sts',
  simpleemail: 'ses',
  simpleemailservice: 'ses',
  simpleemailservicev2: 'ses',
  simpleemailv2: 'ses',
  simplenotificationservice: 'sns',
  kinesisfirehose: 'firehose',
  keymanagementservice: 'kms',
  identitymanagement: 'iam',
  identitymanagementservice: 'iam',
  cognitoidp: 'cognito-idp',
  cloudwatchlogs: 'logs',
  logs: 'logs',
};
const serviceName = (written: string): string => services[written.toLowerCase()] ?? written.toLowerCase();

const ofJava1 = /^(?:Amazon|AWS)(\w+?)(?:Async)?(?:Client)?(?:Builder)?$/;
const ofJava2 = /^(\w+?)(?:Async)?(?:Client|Presigner|Waiter)(?:Builder)?$/;
const ofNet = /^I?Amazon(\w+?)(?:Client)?$/;
const noClient =
  /^DynamoDbEnhanced|(Config|Exception|Request|Response|Result|Util|Options|Event|Http|Sdk|Aws)(Client)?$/;

/** The service whose client a type of Java is; undefined where it is none. */
function ofJava({ written, path }: Typed, types: ProgramTypes): string | undefined {
  const plain = plainName(written);
  const name = plain.split('.').at(-1) ?? '';
  if (noClient.test(name)) return undefined;
  const imports = types.imports.get(path);
  const full = imports?.get(name) ?? (plain.includes('.') ? plain : undefined);
  const [, version1] = ofJava1.exec(name) ?? [];
  const [, version2] = ofJava2.exec(name) ?? [];
  if (version1 === undefined && version2 === undefined) return undefined;
  if (full !== undefined) {
    const [, of] = /^(?:software\.amazon\.awssdk|com\.amazonaws)\.services\.(\w+)\./.exec(full) ?? [];
    return of === undefined ? undefined : serviceName(of);
  }
  // Imported with all of its package.
  const whole = [...(imports?.keys() ?? [])].flatMap(
    (key) => /^\*(?:software\.amazon\.awssdk|com\.amazonaws)\.services\.(\w+)$/.exec(key)?.[1] ?? [],
  );
  const short = (version1 ?? version2 ?? '').toLowerCase();
  const of = whole.find((each) => serviceName(each) === serviceName(short) || each.startsWith(short));
  return of === undefined
    ? version1 === undefined || whole.length > 0 || /^(Amazon|AWS)/.test(name)
      ? serviceName(short)
      : undefined
    : serviceName(of);
}

function ofCsharp({ written }: Typed): string | undefined {
  const name = plainName(written).split('.').at(-1) ?? '';
  const [, of] = noClient.test(name) ? [] : (ofNet.exec(name) ?? []);
  return of === undefined ? undefined : (services[of.toLowerCase()] ?? of.replace(/v2$/, ''));
}

/** The service whose client of the SDK for Java or .NET a type is. */
export function serviceOf(typed: Typed, types: ProgramTypes): string | undefined {
  if (types.find(typed.written, typed.path).length > 0) return undefined;
  return typed.path.endsWith('.cs') ? ofCsharp(typed) : ofJava(typed, types);
}
