import type { Server } from 'node:https';
import type { Services } from '../services.ts';
import { issueServerCertificate, type KeyAndCertificate } from '../tls/authority.ts';
import { makeDefenderApp } from './defender-app.ts';
import { type Listener, listen } from './listen.ts';

const CERTIFICATE_DAYS = 90;
const RENEWAL_MS = 20 * 24 * 60 * 60 * 1000;

/**
 * Serves Defenders over TLS with a certificate for the given names, which is made anew at each start and every 20 days.
 */
export async function listenForDefenders(
  services: Services,
  {
    host,
    port,
    names,
    authority,
  }: {
    host: string;
    port: number;
    names: string[];
    authority: KeyAndCertificate;
  },
): Promise<Listener> {
  const makeTls = async () => {
    const { key, certificate } = await issueServerCertificate(authority, names, CERTIFICATE_DAYS);
    return { key, cert: certificate };
  };
  const app = makeDefenderApp(services);
  const option = '--defender-port';
  const listener = await listen(app as never, { host, port, tls: await makeTls(), option });
  const renew = () =>
    makeTls().then(
      (tls) => (listener.server as Server).setSecureContext(tls),
      (error) => services.log.error({ err: error }, 'renewing the certificate for Defenders failed'),
    );
  const timer = setInterval(renew, RENEWAL_MS).unref();
  return {
    ...listener,
    close: () => {
      clearInterval(timer);
      return listener.close();
    },
  };
}
