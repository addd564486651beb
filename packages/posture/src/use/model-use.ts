import { hostsOfService } from '../behaviour/aws-hosts.ts';
import type { FunctionUse } from './function-use.ts';

const DAY_MS = 86_400_000;

/** What a function has learned, as far as it tells which services of AWS the function talks to. */
export interface RuntimeModel {
  /** Unix milliseconds. */
  since: number;
  last: number;
  entries: readonly { kind: string; value: string; port?: number | undefined }[];
}

/** Services of which IAM's prefix gives the address that SDKs connect to, and that are used through nothing else. */
const withHosts: ReadonlySet<string> = new Set([
  ...['athena', 'cognito-identity', 'cognito-idp', 'comprehend', 'dynamodb', 'events', 'firehose', 'glue'],
  ...['kinesis', 'kms', 'lambda', 'polly', 'rds-data', 'rekognition', 's3', 'secretsmanager', 'ses', 'sns'],
  ...['sqs', 'ssm', 'states', 'sts', 'textract', 'translate'],
]);

const expressionOf = (host: string) =>
  new RegExp(`^${host.replace(/:\d+$/, '').replaceAll('.', '\\.').replaceAll('*', '.*')}(\\.cn)?$`);

/** What the runtime model of a function says about its use of AWS: services whose addresses it never asked for are not used. */
export function useOfModel({ since, last, entries }: RuntimeModel): FunctionUse {
  const names = entries
    .filter(({ kind }) => kind === 'domain' || kind === 'lookup')
    .map(({ value }) => value);
  // Who knows what is behind it?
  const isHidden =
    names.some((name) => name.includes('*') || name.includes('.vpce.')) ||
    entries.some(({ kind, port }) => kind === 'address' && port === 443);
  return {
    source: 'its runtime model',
    days: Math.floor((last - since) / DAY_MS),
    actions: new Set(),
    covers(action) {
      const [service = ''] = action.split(':');
      if (isHidden || !withHosts.has(service)) return false;
      const hosts = hostsOfService(service).map(expressionOf);
      return !names.some((name) => hosts.some((host) => host.test(name)));
    },
  };
}
