import { CliError } from './cli-error.ts';
import { pickGiven } from './pick-given.ts';

const thisMachine = 'localhost,127.0.0.1,[::1]';

const read = (name: string) => process.env[name.toLowerCase()] || process.env[name] || undefined;

function readProxy(name: string): string | undefined {
  const value = read(name);
  if (value === undefined) return undefined;
  // proxy.example:3128, as curl takes it too.
  const address = value.includes('://') ? value : `http://${value}`;
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  // It may hold a password.
  throw new CliError('usage', `${name} is not the address of an HTTP proxy, such as http://127.0.0.1:3128.`);
}

/**
 * From here on `fetch` goes through the proxies of HTTPS_PROXY and HTTP_PROXY, but for the hosts of NO_PROXY and this machine itself.
 * Throws a usage error for an address that is none.
 */
export async function useProxy(): Promise<void> {
  const [httpProxy, httpsProxy] = [readProxy('HTTP_PROXY'), readProxy('HTTPS_PROXY')];
  if (httpProxy === undefined && httpsProxy === undefined) return;
  // Node 20's fetch knows no proxies by itself; undici is what it is made of.
  const { EnvHttpProxyAgent, setGlobalDispatcher } = await import('undici');
  const excepted = read('NO_PROXY');
  const noProxy = excepted?.trim() === '*' ? '*' : [excepted ?? [], thisMachine].flat().join(',');
  // Of plain HTTP proxies expect the whole address, and many refuse CONNECT to other ports than 443.
  const proxies = pickGiven({ httpProxy, httpsProxy });
  setGlobalDispatcher(new EnvHttpProxyAgent({ ...proxies, noProxy, proxyTunnel: false }));
}
