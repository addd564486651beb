import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runFunction } from '../../../apps/cli/src/run/run-function.ts';
import { starter, strictPolicy } from '../../../apps/cli/src/testing/starter.ts';

const framework = createRequire(import.meta.url).resolve('osls/bin/serverless.js');
const arch = process.arch === 'arm64' ? 'arm64' : 'x86_64';
const service = (settings: string) => `service: shop
provider:
  name: aws
  runtime: python3.13
  region: eu-west-1
  architecture: ${arch}
  environment: { SHARED: yes }
plugins: ['@ringfence/serverless']
custom:
  ringfence: ${settings}
functions:
  convert:
    handler: app.handler
    environment: { OWN: value }
  resize:
    handler: app.handler
    package: { individually: true }
  plain:
    handler: app.handler
    ringfence: false
  image:
    image: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:${'0'.repeat(64)}
`;

let folder: string;
let output: string;

/** Packages the service with the real framework, which needs neither an account nor a network for that. */
async function packageService(settings: string): Promise<string> {
  writeFileSync(join(folder, 'serverless.yml'), service(settings));
  const line = ['--conditions=source', '--import', import.meta.resolve('tsx'), framework, 'package'];
  const env = { ...process.env, XDG_CONFIG_HOME: join(folder, 'config'), AWS_EC2_METADATA_DISABLED: 'true' };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, line, { cwd: folder, env }).catch(
    ({ stdout, stderr }) => Promise.reject(new Error(stdout + stderr)),
  );
  return stdout + stderr;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ringfence-serverless-'));
  writeFileSync(join(folder, 'app.py'), starter);
  mkdirSync(join(folder, 'node_modules/@ringfence'), { recursive: true });
  symlinkSync(join(import.meta.dirname, '..'), join(folder, 'node_modules/@ringfence/serverless'));
  mkdirSync(join(folder, 'policies'));
  writeFileSync(join(folder, 'policies/shop.yaml'), strictPolicy);
  output = await packageService('{ policy: policies/shop.yaml, account: "123456789012" }');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function readFunctions(): Record<string, { Code: { S3Key: string }; Environment: { Variables: object } }> {
  const template = JSON.parse(
    readFileSync(join(folder, '.serverless/cloudformation-template-update-stack.json'), 'utf8'),
  );
  const resources: [string, { Type: string; Properties: never }][] = Object.entries(template.Resources);
  return Object.fromEntries(
    resources.flatMap(([id, { Type, Properties }]) =>
      Type === 'AWS::Lambda::Function' ? [[id.replace('LambdaFunction', ''), Properties]] : [],
    ),
  );
}

describe('the plugin of the Serverless Framework', () => {
  it('gives each function a package of its own and its variables, and keeps those that it has', () => {
    const functions = readFunctions();
    for (const name of ['Convert', 'Resize']) {
      expect(functions[name]?.Code.S3Key).toMatch(new RegExp(`/${name.toLowerCase()}\\.zip$`));
      expect(functions[name]?.Environment.Variables).toMatchObject({
        SHARED: 'yes',
        AWS_LAMBDA_EXEC_WRAPPER: '/var/task/.ringfence/init',
        RINGFENCE_POLICY: expect.stringMatching(/^[\w-]+$/),
      });
    }
    expect(functions.Convert?.Environment.Variables).toMatchObject({ OWN: 'value' });
    expect(output).toContain('Ringfence guards shop-dev-convert');
  });

  it('leaves functions that say so, and images, as they are', () => {
    const functions = readFunctions();
    for (const name of ['Plain', 'Image'])
      expect(functions[name]?.Environment.Variables).not.toHaveProperty('RINGFENCE_POLICY');
    expect(functions.Plain?.Code.S3Key).toMatch(/\/shop\.zip$/);
    expect(output).toContain('image is a container image and stays as it is');
  });

  it('makes packages that are guarded', async () => {
    const { plan, invocations } = await runFunction({
      package: join(folder, '.serverless/ringfence/convert.zip'),
      handler: 'app.handler',
      timeoutSeconds: 20,
      events: [Buffer.from('{}')],
    });
    expect(plan).toMatchObject({
      functionName: 'shop-dev-convert',
      account: '123456789012',
      region: 'eu-west-1',
    });
    expect(String(invocations[0]?.payload)).toBe('"refused"');
  });

  it('stops the packaging when a function cannot be protected', async () => {
    await expect(packageService('{ policy: nowhere.yaml }')).rejects.toThrow('nowhere.yaml');
    await expect(packageService('{ polcy: policies/shop.yaml }')).rejects.toThrow('polcy');
  });
});
