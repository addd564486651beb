import type { OutsideCall, TextPart, Value } from '@ringfence/code';
import { known } from '../template/substitution.ts';

export type Environment = Readonly<Record<string, unknown>>;

const fetching =
  /^(fetch|node-fetch|cross-fetch|axios|got|ky|needle|superagent|undici|global(This)?\.fetch)(\.(default|get|post|put|patch|delete|head|fetch|request|stream))?$/;
const http = /^https?\.(get|request)$/;
const python =
  /^(requests|httpx|requests\.Session\(\)|httpx\.(Async)?Client\(\)|aiohttp\.ClientSession\(\))\.(get|post|put|patch|delete|head|options)$|^urllib\.request\.(urlopen|urlretrieve)$/;
const second = /^(requests|httpx|urllib3\.PoolManager\(\)|urllib3)\.request$/;
const socket = /^(net\.(connect|createConnection)|tls\.connect|socket\.create_connection)$/;
const database =
  /^(pg\.(Client|Pool)|mysql2?(\/promise)?\.create(Connection|Pool)|mariadb\.create(Connection|Pool)|ioredis(\.Redis)?|redis\.(createClient|Redis|StrictRedis)|mongodb\.MongoClient|mongoose\.connect|pymongo\.MongoClient|psycopg2?\.connect|pymysql\.connect|nodemailer\.createTransport|smtplib\.SMTP(_SSL)?)$/;

const ports: Readonly<Record<string, number>> = {
  'http:': 80,
  'https:': 443,
  'postgres:': 5432,
  'postgresql:': 5432,
  'mysql:': 3306,
  'mongodb:': 27017,
  'redis:': 6379,
  'rediss:': 6379,
};

/** The text with what the settings say in place of variables; what is not known is left open, as `\0`. */
const textOf = (parts: readonly TextPart[], environment: Environment): string =>
  parts
    .map((part) => {
      if ('text' in part) return part.text;
      const value = 'environment' in part ? environment[part.environment] : undefined;
      return (typeof value === 'string' ? known(value) : undefined) ?? '\0';
    })
    .join('');

/** `host:port` of an address; undefined when the host is not known whole. */
export function hostOfAddress(text: string): string | undefined {
  const [, scheme = '', host = '', port] =
    /^([a-z+]+:)\/\/(?:[^/@\0]*@)?(\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::(\d+))?(?=[/?#]|$)/i.exec(text) ?? [];
  const number = port ?? ports[scheme.toLowerCase()];
  return host === '' || number === undefined ? undefined : `${host.toLowerCase()}:${number}`;
}

const options = (value: Value | undefined, name: string): Value | undefined => value?.fields?.named.get(name);

const hostsIn = (value: Value | undefined, environment: Environment): (string | undefined)[] =>
  value === undefined || value.texts.length === 0
    ? [undefined]
    : value.texts.map((parts) => hostOfAddress(textOf(parts, environment)));

const textIn = (value: Value | undefined, environment: Environment): string | undefined => {
  const text = value?.texts.length === 1 && value.texts[0] ? textOf(value.texts[0], environment) : undefined;
  return text?.includes('\0') ? undefined : text;
};

/** A host and a port that are given apart. */
function apart(host: Value | undefined, port: Value | undefined, environment: Environment) {
  const name = textIn(host, environment);
  const number = textIn(port, environment);
  if (name === undefined || !/^[a-z0-9.-]+$/i.test(name)) return undefined;
  return /^\d+$/.test(number ?? '') ? `${name.toLowerCase()}:${number}` : name.toLowerCase();
}

/** An address as an object; where it leads is noted where it is made. */
const isAddress = (value: Value | undefined) =>
  value?.symbols.some((symbol) => /^(URL|Request|urllib\.request\.Request)\(/.test(symbol)) === true;
const addressMaker = /^(URL|Request|urllib\.request\.Request)$/;

/** Where a call connects to, each as `host:port`; undefined within the list where it is not known. Undefined for a call that connects to nothing. */
export function hostsOfCall(
  { symbol, arguments: given, named }: OutsideCall,
  environment: Environment,
): (string | undefined)[] | undefined {
  const [first, next] = given;
  const url = named.get('url');
  if (isAddress(first)) return [];
  if (addressMaker.test(symbol))
    return hostsIn(first ?? url, environment).filter((host) => host !== undefined);
  if (second.test(symbol)) return hostsIn(next ?? url, environment);
  if (fetching.test(symbol) || python.test(symbol) || http.test(symbol)) {
    const inside = options(first, 'url') ?? options(first, 'host') ?? options(first, 'hostname');
    if (inside === undefined) return hostsIn(first ?? url, environment);
    const host = apart(inside, options(first, 'port'), environment);
    return host === undefined ? hostsIn(inside, environment) : [/:\d+$/.test(host) ? host : `${host}:443`];
  }
  if (socket.test(symbol)) {
    const pair = first?.fields?.named;
    if (symbol.startsWith('socket.')) return [apart(pair?.get('0'), pair?.get('1'), environment)];
    return [pair ? apart(pair.get('host'), pair.get('port'), environment) : apart(next, first, environment)];
  }
  if (database.test(symbol)) {
    const settings = options(first, 'host') ?? named.get('host');
    const address = options(first, 'connectionString') ?? options(first, 'url') ?? options(first, 'uri');
    if (settings) return [apart(settings, options(first, 'port') ?? named.get('port'), environment)];
    return hostsIn(address ?? first, environment);
  }
  return undefined;
}
