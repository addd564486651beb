import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DEBIAN = '/usr/lib/postgresql';

/** Where Debian's package postgresql keeps its newest programs; undefined when it is not installed. */
export function findPostgresql(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  return versions
    .map((version) => join(DEBIAN, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export type Postgresql = { url: string; stop: () => Promise<void> };

/** Where the server listens; `enter` is the command that runs another one in that place's network. */
export type PostgresqlPlace = { address: string; port: number; enter: string[] };

/** Starts a private PostgreSQL server with an empty database, in a folder of its own: on loopback, or elsewhere. */
export async function startPostgresql(bin: string, elsewhere?: PostgresqlPlace): Promise<Postgresql> {
  const { address, port, enter } = elsewhere ?? {
    address: '127.0.0.1',
    port: await findFreePort(),
    enter: [],
  };
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-postgresql-'));
  // PostgreSQL refuses to run as root.
  const isRoot = process.getuid?.() === 0;
  const asUser = isRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'] : [];
  if (isRoot) chownSync(folder, 65534, 65534);
  chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  const initdb = [...asUser, join(bin, 'initdb'), '-D', data, '-U', 'ringfence', '-A', 'trust', '-E', 'UTF8'];
  execFileSync('env', [...initdb, '--no-sync'], { stdio: 'ignore', cwd: folder });
  appendFileSync(join(data, 'pg_hba.conf'), `host all all ${address}/32 trust\n`);
  const settings = ['-p', String(port), '-c', `listen_addresses=${address}`, '-k', folder];
  const server: ChildProcess = spawn(
    'env',
    [...enter, ...asUser, join(bin, 'postgres'), '-D', data, ...settings],
    { stdio: 'ignore', cwd: folder },
  );
  const stop = async () => {
    if (server.exitCode === null) {
      server.kill('SIGINT');
      await once(server, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      execFileSync(join(bin, 'pg_isready'), ['-h', folder, '-p', String(port)], { stdio: 'ignore' });
      return { url: `postgres://ringfence@${address}:${port}/postgres`, stop };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  await stop();
  throw new Error('PostgreSQL did not start');
}
