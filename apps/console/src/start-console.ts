import { isIP } from 'node:net';
import { type Logger, pino } from 'pino';
import { makeSecretText } from './access/secret-text.ts';
import { prepareSetup } from './access/users.ts';
import { AuditWriter } from './audits/audit-writer.ts';
import { FunctionRegistry } from './functions/function-registry.ts';
import { makeDefenderApp } from './http/defender-app.ts';
import { type Listener, listen, type TlsFiles } from './http/listen.ts';
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
import { issueServerCertificate, makeAuthority, toDer } from './tls/authority.ts';
import { UserError } from './user-error.ts';

export type ConsoleOptions = {
  /** For people and machines; 0 for any free one. Default 8470. */
  port?: number;
  /** Address to listen at. Others than loopback need `tls`. Default 127.0.0.1. */
  host?: string;
  /** For Defenders, always TLS; 0 for any free one. Default 8471. */
  defenderPort?: number;
  /** Name or address by which functions reach the Console. Default: the host. */
  defenderHost?: string;
  /** Where the embedded store lives. Not used with `databaseUrl`. */
  dataDirectory: string;
  /** A PostgreSQL server in place of the embedded store. */
  databaseUrl?: string;
  /** Certificate chain and key in PEM, for people and machines. */
  tls?: TlsFiles;
  log?: Logger;
};

export type RunningConsole = {
  url: string;
  /** `https://host:port` for Defenders. */
  defenderUrl: string;
  /** The authority that signed the certificate there, PEM. */
  authority: string;
  /** One-time link for making the admin; only until there is one. */
  setupUrl?: string;
  /** Ends requests under way, writes what waits, and closes the store. */
  close: () => Promise<void>;
};

const CERTIFICATE_DAYS = 90;
const RENEWAL_MS = 20 * 24 * 60 * 60 * 1000;
const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

const inAddress = (host: string) => (isIP(host) === 6 ? `[${host}]` : host);

/** Names at which the machine itself reaches a Console that listens at all its addresses. */
const reachable = (host: string) => (host === '0.0.0.0' || host === '::' ? 'localhost' : host);

/**
 * Starts the Console. Throws `UserError` for what the person who starts it can put right: a port in use, a folder that
 * can't be written or is in use, a database that can't be reached.
 */
export async function startConsole(options: ConsoleOptions): Promise<RunningConsole> {
  const { port = 8470, host = '127.0.0.1', defenderPort = 8471, tls, databaseUrl } = options;
  const log = options.log ?? pino({ name: 'ringfence-console', level: 'warn' }, pino.destination(2));
  if (!tls && !LOOPBACK.includes(host) && !/^127\./.test(host))
    throw new UserError(
      `The Console does not serve plain HTTP at ${host}, where others could read along.`,
      'Give it a certificate with --tls-cert and --tls-key, or leave it at 127.0.0.1 behind a proxy that does TLS.',
    );
  const store = databaseUrl
    ? await openServerStore(databaseUrl, (error) =>
        log.warn({ error }, 'a connection to the database failed'),
      )
    : await openEmbeddedStore(options.dataDirectory);
  const ends: (() => unknown)[] = [() => store.close()];
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    return await serveStore(store, ends, close);
  } catch (error) {
    await close();
    throw error;
  }

  async function serveStore(store: Store, ends: (() => unknown)[], close: () => Promise<void>) {
    const { database } = store;
    await migrate(database);
    await ensureSigningKey(database);
    const authority = JSON.parse(
      await readOrMakeSetting(database, 'authority', async () => JSON.stringify(await makeAuthority())),
    );
    const secret = await readOrMakeSetting(database, 'function-token-secret', makeSecretText);
    ends.push(maintainStore(store, log));

    const writer = new AuditWriter(database);
    ends.push(() => writer.drain());
    const stopping = new AbortController();
    const defenderName = options.defenderHost ?? reachable(host);
    const services: Services = {
      database,
      log,
      writer,
      functions: new FunctionRegistry(database, Buffer.from(secret, 'base64url')),
      policies: new FunctionPolicies(database),
      secure: tls !== undefined,
      defenderAddress: '',
      authority: toDer(authority.certificate),
      stopping: stopping.signal,
    };

    const names = [...new Set([...LOOPBACK, defenderName])];
    const makeDefenderTls = async () => {
      const { key, certificate } = await issueServerCertificate(authority, names, CERTIFICATE_DAYS);
      return { key, cert: certificate };
    };
    const defenders = await listen(makeDefenderApp(services) as never, {
      host,
      port: defenderPort,
      tls: await makeDefenderTls(),
      option: '--defender-port',
    });
    ends.push(() => defenders.close());
    ends.push(renewCertificate(defenders, makeDefenderTls, log));
    services.defenderAddress = `${inAddress(defenderName)}:${defenders.port}`;

    const people = await listen(makePeopleApp(services) as never, { host, port, tls, option: '--port' });
    ends.push(() => people.close());
    ends.push(() => stopping.abort());
    const url = `${tls ? 'https' : 'http'}://${inAddress(reachable(host))}:${people.port}`;
    const setupToken = await prepareSetup(database);
    return {
      url,
      defenderUrl: `https://${services.defenderAddress}`,
      authority: authority.certificate as string,
      ...(setupToken === undefined ? {} : { setupUrl: `${url}/setup#${setupToken}` }),
      close,
    };
  }
}

/** Puts a fresh certificate in place long before the old one ends. */
function renewCertificate({ server }: Listener, makeTls: () => Promise<TlsFiles>, log: Logger): () => void {
  const renew = async () => {
    try {
      (server as import('node:https').Server).setSecureContext(await makeTls());
    } catch (error) {
      log.error({ error }, 'renewing the certificate for Defenders failed');
    }
  };
  const timer = setInterval(renew, RENEWAL_MS).unref();
  return () => clearInterval(timer);
}
