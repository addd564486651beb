import { randomBytes } from 'node:crypto';

export interface FunctionSettings {
  /** Lambda's identifier, such as `python3.13`. */
  runtime: string;
  functionName: string;
  region: string;
  account: string;
  handler: string;
  memoryMb: number;
  snapStart: boolean;
}

/**
 * The documented environment of a Lambda function (developer guide, "Defined runtime environment variables").
 * The credentials are not real. The log stream's name is unique, so that processes of one sandbox can be told.
 */
export function makeFunctionEnvironment(
  settings: FunctionSettings,
  place: { taskRoot: string; runtimeFolder: string; runtimeApi: string; interpreterFolder?: string },
): Record<string, string> {
  const { runtime, functionName, region, handler, memoryMb, snapStart } = settings;
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  const programs = place.interpreterFolder ? [place.interpreterFolder] : [];
  return {
    AWS_ACCESS_KEY_ID: 'ringfence-local',
    AWS_SECRET_ACCESS_KEY: 'ringfence-local',
    AWS_SESSION_TOKEN: 'ringfence-local',
    AWS_DEFAULT_REGION: region,
    AWS_REGION: region,
    ...(runtime.startsWith('provided') ? {} : { AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}` }),
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: snapStart ? 'snap-start' : 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `${day}/[$LATEST]${randomBytes(16).toString('hex')}`,
    AWS_LAMBDA_RUNTIME_API: place.runtimeApi,
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
    LAMBDA_RUNTIME_DIR: place.runtimeFolder,
    LAMBDA_TASK_ROOT: place.taskRoot,
    LANG: 'en_US.UTF-8',
    LD_LIBRARY_PATH: `${place.taskRoot}:${place.taskRoot}/lib:/opt/lib`,
    PATH: [...programs, '/usr/local/bin', '/usr/bin', '/bin', '/opt/bin'].join(':'),
    SHLVL: '0',
    TZ: ':UTC',
    _HANDLER: handler,
  };
}
