import { isIP } from 'node:net';
import { type Logger, pino } from 'pino';
import { createApiToken } from './access/api-tokens.ts';
import { makeSecretText } from './access/secret-text.ts';
import { prepareSetup } from './access/users.ts';
import type { Role } from './api/common/role.schema.ts';
import { AuditWriter } from './audits/audit-writer.ts';
import type { ConsoleOptions, RunningConsole } from './console-options.ts';
import { followAdvisories } from './findings/follow-advisories.ts';
import { FunctionRegistry } from './functions/function-registry.ts';
import { listen } from './http/listen.ts';
import { listenForDefenders } from './http/listen-for-defenders.ts';
import { makePeopleApp } from './http/people-app.ts';
import { FunctionPolicies } from './policy/function-policies.ts';
import { ensureSigningKey } from './policy/signing-key-store.ts';
import type { Services } from './services.ts';
import { readOrMakeSetting } from './settings/settings-store.ts';
import { maintainStore } from './store/maintain-store.ts';
import { migrate } from './store/migrate.ts';
import { openEmbeddedStore } from './store/open-embedded-store.ts';
import { openServerStore } from './store/open-server-store.ts';
import type { Store } from './store/store.ts';
import { type KeyAndCertificate, makeAuthority, toDer } from './tls/authority.ts';
import { UserError } from './user-error.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

const inAddress = (host: string) => (isIP(host) === 6 ? `[${host}]` : host);

/** Where the machine itself reaches a Console that listens at all addresses. */
const reachable = (host: string) => (host === '0.0.0.0' || host === '::' ? 'localhost' : host);

function refusePlainHttp({ host = '127.0.0.1', tls }: ConsoleOptions): void {
  if (tls || LOOPBACK.includes(host) || (isIP(host) === 4 && host.startsWith('127.'))) return;
  throw new UserError(
    `The Console does not serve plain HTTP at ${host}, where others could read along.`,
    'Give it a certificate with --tls-cert and --tls-key, or leave it at 127.0.0.1 behind a proxy that does TLS.',
  );
}

const openStore = ({ databaseUrl, dataDirectory }: ConsoleOptions, log: Logger): Promise<Store> =>
  databaseUrl
    ? openServerStore(databaseUrl, (error) => log.warn({ err: error }, 'a connection to the database failed'))
    : openEmbeddedStore(dataDirectory, log);

/** The tables, and the secrets that all Consoles on one store share; made at the first start. */
async function prepareStore({ database }: Store) {
  await migrate(database);
  await ensureSigningKey(database);
  const makeAuthorityText = async () => JSON.stringify(await makeAuthority());
  const authority: KeyAndCertificate = JSON.parse(
    await readOrMakeSetting(database, 'authority', makeAuthorityText),
  );
  const secret = await readOrMakeSetting(database, 'function-token-secret', makeSecretText);
  return { authority, functionTokenSecret: Buffer.from(secret, 'base64url') };
}

/**
 * Starts the Console. Throws `UserError` for what the person who starts it can put right: a port in use, a folder that
 * can't be written or is in use, a database that can't be reached.
 */
export async function startConsole(options: ConsoleOptions): Promise<RunningConsole> {
  refusePlainHttp(options);
  const log = options.log ?? pino({ name: 'ringfence-console', level: 'warn' }, pino.destination(2));
  const store = await openStore(options, log);
  const ends: (() => unknown)[] = [() => store.close()];
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    return { ...(await serve(store, options, log, ends)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Serves the store. What has to be ended, in this order from the last, is put into `ends` as soon as it has begun. */
async function serve(store: Store, options: ConsoleOptions, log: Logger, ends: (() => unknown)[]) {
  const { port = 8470, host = '127.0.0.1', defenderPort = 8471, tls } = options;
  const { database } = store;
  const { authority, functionTokenSecret } = await prepareStore(store);
  ends.push(maintainStore(store, log));
  if (options.advisories !== undefined) ends.push(followAdvisories(database, options.advisories, log));
  const writer = new AuditWriter(database);
  ends.push(() => writer.drain());
  const stopping = new AbortController();
  const services: Services = {
    database,
    log,
    writer,
    isNearlyFull: store.isNearlyFull,
    functions: new FunctionRegistry(database, functionTokenSecret),
    policies: new FunctionPolicies(database),
    secure: tls !== undefined,
    defenderAddress: '',
    authority: toDer(authority.certificate),
    stopping: stopping.signal,
  };

  const defenderHost = options.defenderHost ?? reachable(host);
  const names = [...new Set([...LOOPBACK, defenderHost])];
  const defenders = await listenForDefenders(services, { host, port: defenderPort, names, authority });
  ends.push(() => defenders.close());
  services.defenderAddress = `${inAddress(defenderHost)}:${defenders.port}`;

  const people = await listen(makePeopleApp(services) as never, { host, port, tls, option: '--port' });
  ends.push(() => people.close());
  ends.push(() => stopping.abort());
  const url = `${tls ? 'https' : 'http'}://${inAddress(reachable(host))}:${people.port}`;
  const setupToken = await prepareSetup(database);
  return {
    url,
    defenderUrl: `https://${services.defenderAddress}`,
    authority: authority.certificate,
    createApiToken: async (name: string, role: Role) => {
      const by = 'whoever runs the Console';
      return (await createApiToken(database, { name, role, expiresInDays: undefined, createdBy: by })).token;
    },
    ...(setupToken === undefined ? {} : { setupUrl: `${url}/setup#${setupToken}` }),
  };
}
