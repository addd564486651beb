import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  findPostgresql,
  type Postgresql,
  startPostgresql,
} from '../../apps/console/src/testing/start-postgresql.ts';
import { makeNetworkNamespace } from '../../defender/init/test/network-namespace.ts';
import { addresses } from './addresses.ts';

/** A small world of its own for functions under attack and at work: names, servers, a database, and a stranger. */
export type Lab = {
  /** The command that the arguments after it run inside the lab's network. */
  enter: string[];
  databaseUrl: string;
  /** A socket file on which a stranger listens. */
  localSocket: string;
  /** What the servers have seen since the last call, in words. */
  takeLog: () => Promise<string[]>;
  close: () => Promise<void>;
};

/** Opens the lab; needs root. `withDatabase`: also starts a PostgreSQL server in it. */
export async function openLab({ withDatabase = false } = {}): Promise<Lab> {
  const network = makeNetworkNamespace(
    `ringfence-lab-${process.pid}`,
    Object.values(addresses),
    addresses.dns,
  );
  const [program = '', ...args] = network.enter;
  const localSocket = `/tmp/${network.name}.sock`;
  const entry = fileURLToPath(new URL('services.ts', import.meta.url));
  const services = spawn(program, [...args, process.execPath, '--import', 'tsx', entry, localSocket], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const database = withDatabase ? await openDatabase(network.enter) : undefined;
  await ask(services, 'ready');
  return {
    enter: network.enter,
    databaseUrl: database?.url ?? '',
    localSocket,
    takeLog: () => ask(services, 'log'),
    close: async () => {
      services.disconnect();
      await once(services, 'exit');
      await database?.stop();
      network.remove();
      rmSync(localSocket, { force: true });
    },
  };
}

async function ask(services: ChildProcess, request: 'log' | 'ready'): Promise<string[]> {
  services.send(request);
  const [answer] = await once(services, 'message');
  return answer as string[];
}

async function openDatabase(enter: string[]): Promise<Postgresql> {
  const bin = findPostgresql();
  if (!bin) throw new Error('PostgreSQL is missing: run "npm run setup -- --test".');
  return startPostgresql(bin, { address: addresses.database, port: 5432, enter });
}
