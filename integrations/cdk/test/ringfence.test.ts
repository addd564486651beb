import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Architecture, Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runFunction } from '../../../apps/cli/src/run/run-function.ts';
import { findIsolation } from '../../../apps/cli/src/run/sandbox-places.ts';
import { starter, strictPolicy } from '../../../apps/cli/src/testing/starter.ts';
import { Ringfence } from '../src/index.ts';

const own = process.arch === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringfence-cdk-'));
  vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'config'));
  vi.stubEnv('RINGFENCE_CONSOLE', '');
  mkdirSync(join(folder, 'fn'));
  writeFileSync(join(folder, 'fn/index.py'), starter);
  writeFileSync(join(folder, 'policy.yaml'), strictPolicy);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function makeStack(props: StackProps = { env: { account: '123456789012', region: 'eu-west-1' } }) {
  const stack = new Stack(new App({ outdir: join(folder, 'cdk.out') }), 'Shop', props);
  const addFunction = (
    id: string,
    more: { functionName?: string; architecture?: Architecture; runtime?: Runtime } = {},
  ) =>
    new Lambda(stack, id, {
      runtime: Runtime.PYTHON_3_13,
      handler: 'index.handler',
      code: Code.fromAsset(join(folder, 'fn')),
      architecture: own,
      environment: { OWN: 'value' },
      ...more,
    });
  return { stack, addFunction };
}

describe('the construct Ringfence', () => {
  it('gives functions the layer of their architecture, and the variables next to theirs', () => {
    const { stack, addFunction } = makeStack();
    const guard = new Ringfence(stack, 'Ringfence', { policy: join(folder, 'policy.yaml') });
    guard.protect(addFunction('Convert'));
    guard.protect(addFunction('Resize'));
    guard.protect(addFunction('Arm', { architecture: Architecture.ARM_64 }));
    guard.protect(addFunction('Intel', { architecture: Architecture.X86_64 }));
    addFunction('Plain');
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Lambda::LayerVersion', 2);
    const guarded = {
      Environment: {
        Variables: {
          OWN: 'value',
          AWS_LAMBDA_EXEC_WRAPPER: '/opt/.ringfence/init',
          RINGFENCE_POLICY: Match.stringLikeRegexp('^[A-Za-z0-9_-]+$'),
        },
      },
      Layers: [{ Ref: Match.stringLikeRegexp('^RingfenceLayer') }],
    };
    template.resourcePropertiesCountIs('AWS::Lambda::Function', guarded, 4);
    template.resourcePropertiesCountIs(
      'AWS::Lambda::Function',
      { Environment: { Variables: Match.objectEquals({ OWN: 'value' }) } },
      1,
    );
  });

  it.skipIf(findIsolation() !== 'namespaces')(
    'guards what is deployed from the synthesised assets',
    async () => {
      const { stack, addFunction } = makeStack();
      new Ringfence(stack, 'Ringfence', { policy: join(folder, 'policy.yaml') }).protect(
        addFunction('Convert'),
      );
      const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
      const [layer] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::LayerVersion'));
      const assetOf = (key: string) => join(folder, 'cdk.out', `asset.${key}`);
      const { plan, invocations, audits } = await runFunction({
        package: assetOf(functions[0]?.Properties.Code.S3Key.replace('.zip', '')),
        layers: [assetOf(layer?.Properties.Content.S3Key)],
        environment: functions[0]?.Properties.Environment.Variables,
        handler: 'index.handler',
        timeoutSeconds: 20,
        events: [Buffer.from('{}')],
      });
      expect(plan).toMatchObject({
        functionName: 'Shop-Convert',
        region: 'eu-west-1',
        account: '123456789012',
      });
      expect(String(invocations[0]?.payload)).toBe('"refused"');
      expect(audits).toContainEqual(expect.objectContaining({ type: 'process', action: 'blocked' }));
    },
  );

  it('says what it cannot protect', () => {
    const { stack, addFunction } = makeStack();
    const guard = new Ringfence(stack, 'Ringfence', { policy: join(folder, 'policy.yaml') });
    const custom = addFunction('Custom', { runtime: Runtime.PROVIDED_AL2023 });
    expect(() => guard.protect(custom)).toThrow('brings its own runtime');
    const nowhere = new Ringfence(stack, 'Other', { policy: join(folder, 'nowhere.yaml') });
    expect(() => nowhere.protect(addFunction('Convert'))).toThrow('nowhere.yaml');
  });

  it('needs a region, which a stack may not have', () => {
    const { stack, addFunction } = makeStack({});
    const policy = join(folder, 'policy.yaml');
    const target = addFunction('Convert', { functionName: 'convert' });
    expect(() => new Ringfence(stack, 'One', { policy }).protect(target)).toThrow('region of Shop/Convert');
    new Ringfence(stack, 'Two', { policy, region: 'eu-west-1' }).protect(target);
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::LayerVersion', 1);
  });
});
