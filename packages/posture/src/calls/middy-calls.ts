import type { Value } from '@ringfence/code';
import type { FoundCall } from './found-call.ts';
import { textsOf } from './texts.ts';

/** What is fetched under one name. From middy's pages about its middlewares: a name that ends with a slash is a path. */
const fetches: Readonly<Record<string, (name: string) => Omit<FoundCall, 'choices'> & { of: string }>> = {
  '@middy/ssm': (name) =>
    name.endsWith('/')
      ? { service: 'ssm', operation: 'GetParametersByPath', of: 'Path' }
      : { service: 'ssm', operation: 'GetParameters', of: 'Name' },
  '@middy/secrets-manager': () => ({
    service: 'secretsmanager',
    operation: 'GetSecretValue',
    of: 'SecretId',
  }),
};

/** The calls of a middleware of middy that fetches settings. Undefined where it is none, and where what it fetches is not known. */
export function middyCalls(symbol: string, [options]: Value[]): FoundCall[] | undefined {
  const fetch = fetches[symbol];
  const fetched = options?.fields?.named.get('fetchData')?.fields;
  if (!fetch || !fetched || fetched.others) return undefined;
  return [...fetched.named.values()].flatMap(textsOf).map((name) => {
    const { of, ...call } = fetch(name);
    return { ...call, choices: new Map([[of, [name]]]) };
  });
}
