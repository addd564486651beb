import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { embed } from 'ringfence';
import type { Serverless, ServerlessFunction, Settings, Utilities } from './serverless-types.ts';

const text = { type: 'string' };
const settingsSchema = {
  type: 'object',
  properties: {
    ringfence: {
      type: 'object',
      properties: { policy: text, key: text, console: text, account: text },
      additionalProperties: false,
    },
  },
};

/**
 * Plugin of the Serverless Framework (v3, and osls, which carries it on): embeds the Defender into each function's package
 * once it is built, and sets the function's variables.
 */
export default class RingfencePlugin {
  readonly hooks: Record<string, () => Promise<void>>;
  readonly #serverless: Serverless;
  readonly #log: Utilities['log'];

  constructor(serverless: Serverless, options: { function?: string }, { log }: Utilities) {
    this.#serverless = serverless;
    this.#log = log;
    serverless.configSchemaHandler.defineCustomProperties(settingsSchema);
    serverless.configSchemaHandler.defineFunctionProperties('aws', {
      properties: { ringfence: { type: 'boolean' } },
    });
    this.hooks = {
      'after:package:createDeploymentArtifacts': () =>
        this.#protect(Object.keys(serverless.service.functions)),
      'after:package:function:package': () => this.#protect(options.function ? [options.function] : []),
    };
  }

  async #protect(keys: string[]): Promise<void> {
    const { service, serviceDir } = this.#serverless;
    const folder = join(serviceDir, '.serverless', 'ringfence');
    await mkdir(folder, { recursive: true });
    for (const key of keys) {
      const target = service.functions[key];
      if (!target || target.ringfence === false) continue;
      if (target.image)
        this.#log.warning(
          `${key} is a container image and stays as it is: see "ringfence embed --image-dir".`,
        );
      else await this.#protectFunction(target, join(folder, `${key}.zip`));
    }
  }

  async #protectFunction(target: ServerlessFunction, output: string): Promise<void> {
    const { service, serviceDir } = this.#serverless;
    const aws = this.#serverless.getProvider('aws');
    const { policy, key, console, account }: Settings = service.custom?.ringfence ?? {};
    const at = (path: string | undefined) => (path === undefined ? undefined : resolve(serviceDir, path));
    const { environment, warnings } = await embed({
      input: resolve(serviceDir, target.package?.artifact ?? service.package.artifact ?? ''),
      output,
      identity: {
        cloud: 'aws',
        account: account ?? '000000000000',
        region: aws.getRegion(),
        name: target.name,
        arch: target.architecture ?? service.provider.architecture ?? 'x86_64',
        runtime: aws.getRuntime(target.runtime),
      },
      policy: at(policy),
      key: at(key),
      console,
    });
    for (const warning of warnings) this.#log.warning(`${target.name}: ${warning}`);
    target.package = { ...target.package, individually: true, artifact: output };
    target.environment = { ...target.environment, ...environment };
    this.#log.notice(`Ringfence guards ${target.name}`);
  }
}
