import type { FailOn } from '@ringfence/findings';

/** What the plugin uses of the Serverless Framework, whose own types leave most of it out. */
export interface Serverless {
  serviceDir: string;
  service: Service;
  getProvider(name: 'aws'): AwsProvider;
  configSchemaHandler: {
    defineCustomProperties(schema: object): void;
    defineFunctionProperties(provider: 'aws', schema: object): void;
  };
}

export interface AwsProvider {
  getRegion(): string;
  getRuntime(runtime: string | undefined): string;
}

export interface Service {
  custom?: { ringfence?: Settings };
  provider: { architecture?: string };
  package: { artifact?: string };
  functions: Record<string, ServerlessFunction>;
}

export interface ServerlessFunction {
  /** As it is deployed. */
  name: string;
  runtime?: string;
  architecture?: string;
  image?: unknown;
  package?: { artifact?: string; individually?: boolean };
  environment?: Record<string, unknown>;
  /** False leaves the function as it is. */
  ringfence?: boolean;
}

/** `custom.ringfence` of `serverless.yml`; paths are relative to it. */
export interface Settings {
  policy?: string;
  key?: string;
  console?: string;
  account?: string;
  /** Left out: packages are not scanned. */
  scan?: ScanSettings;
}

export interface ScanSettings {
  /** The lowest severity that ends the packaging. Default: high. */
  failOn?: FailOn;
  ignoreFile?: string;
  database?: string;
  /** Whether reports go to the Console. */
  publish?: boolean;
}

export interface Utilities {
  log: { notice(text: string): void; warning(text: string): void };
}
