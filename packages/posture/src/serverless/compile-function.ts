import { dirname, join, relative } from 'node:path';
import { isMembers, type Members, membersOf } from '../graph/json.ts';
import { keepPlace, type Place, placeOf } from '../template/place.ts';
import { corsOf } from './cors.ts';
import { destinationOf, functionId, logicalName, type Made, type Service, takeMembers } from './service.ts';

/** The members of a function, or else of the provider, that are members of Lambda's. */
const ofFunction = {
  Handler: 'handler',
  Runtime: 'runtime',
  Timeout: 'timeout',
  MemorySize: 'memorySize',
  Layers: 'layers',
  KmsKeyArn: 'kmsKeyArn',
  Architectures: 'architecture',
  ReservedConcurrentExecutions: 'reservedConcurrency',
  Environment: 'environment',
  VpcConfig: 'vpc',
  TracingConfig: 'tracing',
  DeadLetterConfig: 'onError',
  EphemeralStorage: 'ephemeralStorageSize',
  FileSystemConfigs: 'fileSystemConfig',
};
const ofVpc = { SecurityGroupIds: 'securityGroupIds', SubnetIds: 'subnetIds' };

/** What a function has when nobody sets it. */
const standard = { Timeout: 6, MemorySize: 1024 };

function tracingOf(tracing: unknown): Members | undefined {
  const mode = isMembers(tracing) ? tracing.lambda : tracing;
  if (mode === undefined || mode === false) return undefined;
  return { Mode: mode === true ? 'Active' : mode };
}

function variablesOf(provider: Members, own: Members): Members {
  const all = { ...membersOf(provider.environment), ...membersOf(own.environment) };
  const variables = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
  return { Variables: keepPlace(membersOf(own.environment ?? provider.environment), variables) };
}

function imageOf({ provider }: Service, image: unknown): unknown {
  const images = membersOf(membersOf(provider.ecr).images);
  const { name = image, uri } = membersOf(image);
  const built = typeof name === 'string' ? images[name] : undefined;
  return uri ?? (isMembers(built) ? (built.uri ?? built.path) : (built ?? name));
}

/** Of code, the path from the folder of the file that describes the function. */
function codeOf(service: Service, own: Members, place: Place): unknown {
  if (own.image !== undefined) return { ImageUri: imageOf(service, own.image) };
  const artifact = membersOf(own.package).artifact ?? membersOf(service.config.package).artifact ?? './';
  if (typeof artifact !== 'string') return artifact;
  // Of serverless-python-requirements, the folder that is packed alone.
  const { module = '' } = own;
  return join(relative(dirname(place.file), dirname(service.file)), String(module), artifact);
}

/** Of serverless-wsgi, the server that its own handler calls. */
function handlerOf({ config, plugins }: Service, { handler }: Members): unknown {
  const { app } = membersOf(membersOf(config.custom).wsgi);
  const isOfPlugin =
    plugins.includes('serverless-wsgi') && /^wsgi(_handler)?\.handler$/.test(String(handler));
  return isOfPlugin ? app : handler;
}

/** The address of a function. */
function compileUrl(own: Members, id: string): Made[] {
  if (!own.url) return [];
  const { authorizer, cors } = membersOf(own.url);
  const properties = {
    AuthType: /^aws_iam$/i.test(String(authorizer)) ? 'AWS_IAM' : 'NONE',
    TargetFunctionArn: { Ref: id },
    ...(cors ? { Cors: corsOf(cors) } : {}),
  };
  return [{ id: `${id}Url`, type: 'AWS::Lambda::Url', properties, place: placeOf(own, 'url') }];
}

function compileDestinations(service: Service, own: Members, id: string): Made[] {
  if (own.destinations === undefined) return [];
  const { onFailure, onSuccess } = membersOf(own.destinations);
  const properties = {
    FunctionName: { Ref: id },
    Qualifier: '$LATEST',
    DestinationConfig: {
      ...(onFailure !== undefined && { OnFailure: { Destination: destinationOf(service, onFailure) } }),
      ...(onSuccess !== undefined && { OnSuccess: { Destination: destinationOf(service, onSuccess) } }),
    },
  };
  const place = placeOf(own, 'destinations');
  return [{ id: `${id}EvConf`, type: 'AWS::Lambda::EventInvokeConfig', properties, place }];
}

function compileLogs({ provider }: Service, own: Members, key: string, name: unknown): Made[] {
  if (own.disableLogs === true) return [];
  const properties = takeMembers({ RetentionInDays: 'logRetentionInDays' }, [own, provider], {
    LogGroupName: { 'Fn::Join': ['', ['/aws/lambda/', name]] },
  });
  return [
    { id: `${logicalName(key)}LogGroup`, type: 'AWS::Logs::LogGroup', properties, place: placeOf(own) },
  ];
}

/** The function itself, its address, its log group and where its events go. `role`: a value for Role. */
export function compileFunction(service: Service, key: string, own: Members, role: unknown): Made[] {
  const { provider, name: serviceName, stage } = service;
  const id = functionId(key);
  // Where it stands is not known of what code puts together.
  const place = placeOf(service.functions, key) ?? { file: service.file, line: 1, column: 1 };
  const name = own.name ?? { 'Fn::Join': ['-', [serviceName, { 'Fn::Sub': stage }, key]] };
  const vpc = membersOf(own.vpc ?? provider.vpc);
  const tracing = tracingOf(own.tracing ?? provider.tracing);
  const storage = own.ephemeralStorageSize;
  const given = takeMembers(ofFunction, [own, provider], {
    FunctionName: name,
    Handler: handlerOf(service, own),
    Role: role,
    Code: codeOf(service, own, place),
    PackageType: own.image === undefined ? undefined : 'Image',
    Timeout: own.timeout ?? provider.timeout ?? standard.Timeout,
    MemorySize: own.memorySize ?? provider.memorySize ?? standard.MemorySize,
    Environment: variablesOf(provider, own),
    VpcConfig: Object.keys(vpc).length > 0 ? takeMembers(ofVpc, [vpc]) : undefined,
    TracingConfig: tracing,
    DeadLetterConfig: own.onError === undefined ? undefined : { TargetArn: own.onError },
    EphemeralStorage: storage === undefined ? undefined : { Size: storage },
    FileSystemConfigs: own.fileSystemConfig === undefined ? undefined : [own.fileSystemConfig],
  });
  return [
    { id, name: key, type: 'AWS::Lambda::Function', properties: given, place },
    ...compileUrl(own, id),
    ...compileDestinations(service, own, id),
    ...compileLogs(service, own, key, name),
  ];
}
