import { join } from 'node:path';
import { Stack, Stage, Token } from 'aws-cdk-lib';
import {
  type Architecture,
  type CfnFunction,
  Code,
  type Function as Lambda,
  LayerVersion,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { configureFunction } from './configure-function.ts';

export interface RingfenceProps {
  /** Path of a policy in YAML; the alternative to `console`. */
  policy?: string;
  /** Path of the key that signs `policy`, PEM. One of your own, made at first use, when absent. */
  key?: string;
  /** Address of a Console, whose API token is in RINGFENCE_TOKEN. */
  console?: string;
  /** Region for policies and audits; the stack's when absent. Needed for a stack without one. */
  region?: string;
}

/** Guards functions: each gets a layer with the Defender and its variables, whatever its code is made of. */
export class Ringfence extends Construct {
  readonly #props: RingfenceProps;
  readonly #layers = new Map<string, LayerVersion>();

  constructor(scope: Construct, id: string, props: RingfenceProps) {
    super(scope, id);
    this.#props = props;
  }

  /**
   * Guards a function. `functionName` names it for policies and audits; when absent, the name that it is deployed with, or
   * `<stack>-<id>` where CloudFormation makes one up. Throws what `ringfence layer` says, for example of a custom runtime.
   */
  protect(target: Lambda, functionName = readName(target)): void {
    const { region = Stack.of(target).region, ...source } = this.#props;
    if (Token.isUnresolved(region))
      throw new Error(
        `Ringfence: the region of ${target.node.path} is not known. Give its stack an env, or Ringfence a region.`,
      );
    const account = Stack.of(target).account;
    const layerPath = join(Stage.of(this)?.assetOutdir ?? '.', `ringfence-${target.architecture.name}.zip`);
    const environment = configureFunction(source, layerPath, {
      name: functionName,
      region,
      ...(Token.isUnresolved(account) ? {} : { account }),
      runtime: target.runtime.name,
      arch: target.architecture.name,
    });
    target.addLayers(this.#findLayer(target.architecture, layerPath));
    for (const [name, value] of Object.entries(environment)) target.addEnvironment(name, value);
  }

  #findLayer(architecture: Architecture, path: string): LayerVersion {
    const { name } = architecture;
    const layer =
      this.#layers.get(name) ??
      new LayerVersion(this, `Layer-${name}`, {
        description: 'The Ringfence Defender',
        code: Code.fromAsset(path),
        compatibleArchitectures: [architecture],
      });
    this.#layers.set(name, layer);
    return layer;
  }
}

function readName(target: Lambda): string {
  const { functionName } = target.node.defaultChild as CfnFunction;
  return functionName && !Token.isUnresolved(functionName)
    ? functionName
    : `${Stack.of(target).stackName}-${target.node.id}`;
}
