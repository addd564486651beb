import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { FAIL_ON } from '@ringfence/findings';
import { embed } from 'ringfence';
import { scanFunction } from './scan-function.ts';
import type { Serverless, ServerlessFunction, Settings, Utilities } from './serverless-types.ts';

const text = { type: 'string' };
const settingsSchema = {
  type: 'object',
  properties: {
    ringfence: {
      type: 'object',
      properties: {
        policy: text,
        key: text,
        console: text,
        account: text,
        scan: {
          type: 'object',
          properties: {
            failOn: { enum: FAIL_ON },
            ignoreFile: text,
            database: text,
            publish: { type: 'boolean' },
          },
          additionalProperties: false,
        },
      },
      additionalProperties: false,
    },
  },
};

/**
 * Plugin of the Serverless Framework (v3, and osls, which carries it on): scans each function's package once it is built, embeds
 * the Defender into it, and sets the function's variables.
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
    const settings: Settings = service.custom?.ringfence ?? {};
    const { policy, key, console, account = '000000000000', scan } = settings;
    const at = (path: string | undefined) => (path === undefined ? undefined : resolve(serviceDir, path));
    const input = resolve(serviceDir, target.package?.artifact ?? service.package.artifact ?? '');
    const [name, region] = [target.name, aws.getRegion()];
    if (scan)
      await scanFunction(
        { ...scan, ignoreFile: at(scan.ignoreFile), database: at(scan.database) },
        { input, name, region, account, console },
        this.#log,
      );
    const { environment, warnings } = await embed({
      input,
      output,
      identity: {
        cloud: 'aws',
        account,
        region,
        name,
        arch: target.architecture ?? service.provider.architecture ?? 'x86_64',
        runtime: aws.getRuntime(target.runtime),
      },
      policy: at(policy),
      key: at(key),
      console,
    });
    for (const warning of warnings) this.#log.warning(`${name}: ${warning}`);
    target.package = { ...target.package, individually: true, artifact: output };
    target.environment = { ...target.environment, ...environment };
    this.#log.notice(`Ringfence guards ${name}`);
  }
}
