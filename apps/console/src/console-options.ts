import type { Logger } from 'pino';
import type { Role } from './api/common/role.schema.ts';
import type { TlsFiles } from './http/listen.ts';

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
  /** The advisory database, which need not exist yet: when it changes, the packages of published reports are matched again. */
  advisories?: string;
  /** Certificate chain and key in PEM, for people and machines. */
  tls?: TlsFiles;
  /** Default: warnings and errors as JSON lines on stderr. */
  log?: Logger;
};

export type RunningConsole = {
  /** For people and machines. */
  url: string;
  /** `https://host:port` for Defenders. */
  defenderUrl: string;
  /** The authority that signed the certificate there, PEM. */
  authority: string;
  /** One-time link for making the admin; only until there is one. */
  setupUrl?: string;
  /** Makes an API token without signing in: whoever runs the Console owns it. The token is secret and can't be read again. */
  createApiToken: (name: string, role: Role) => Promise<string>;
  /** Ends requests under way, writes what waits, and closes the store. */
  close: () => Promise<void>;
};
