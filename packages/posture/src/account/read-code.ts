import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type FunctionConfiguration, GetFunctionCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { AccountReader } from './account-reader.ts';
import { downloadPackage } from './download-package.ts';

/** Downloads a function's package to `folder`, and says where it is; nothing for an image, and where it can't be had. */
export async function readCode(
  reader: AccountReader,
  client: LambdaClient,
  { FunctionName = '', PackageType, CodeSha256 }: FunctionConfiguration,
  folder: string,
): Promise<string | undefined> {
  // A name becomes one of a file.
  if (PackageType === 'Image' || !/^[\w-]{1,200}$/.test(FunctionName)) return undefined;
  const path = join(folder, reader.scope, 'function', `${FunctionName}.zip`);
  return reader.ask('lambda:GetFunction', async () => {
    const { Code } = await client.send(new GetFunctionCommand({ FunctionName }));
    if (!Code?.Location) return undefined;
    mkdirSync(dirname(path), { recursive: true });
    await downloadPackage(Code.Location, path, CodeSha256);
    return path;
  });
}
