import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ConsoleOptions } from '@ringfence/console';
import { defineCommand } from 'citty';
import { CliError } from '../common/cli-error.ts';
import { withPath } from '../common/system-error.ts';
import { paint, printLine, printNote } from '../common/terminal.ts';
import { databaseFlag, databasePath } from '../db/database-path.ts';

export const consoleCommand = defineCommand({
  meta: { name: 'console', description: 'Start the Console: web UI, API, and what Defenders report to.' },
  args: {
    port: {
      type: 'string',
      description: 'Port for people and machines.',
      valueHint: 'PORT',
      default: '8470',
    },
    host: {
      type: 'string',
      description: 'Address to listen at; others than loopback need a certificate.',
      valueHint: 'HOST',
      default: '127.0.0.1',
    },
    'defender-port': {
      type: 'string',
      description: 'Port for Defenders, always TLS.',
      valueHint: 'PORT',
      default: '8471',
    },
    'defender-host': {
      type: 'string',
      description: 'Name or address by which functions reach the Console. Default: --host.',
      valueHint: 'HOST',
    },
    data: {
      type: 'string',
      description: 'Folder of the embedded store. Default: ringfence/ in XDG_DATA_HOME or ~/.local/share.',
      valueHint: 'DIR',
    },
    'database-url': {
      type: 'string',
      description: 'A PostgreSQL server instead of the embedded store (or DATABASE_URL).',
      valueHint: 'URL',
    },
    db: databaseFlag,
    'tls-cert': {
      type: 'string',
      description: 'Certificate chain for people and machines, PEM.',
      valueHint: 'FILE',
    },
    'tls-key': { type: 'string', description: 'Its key, PEM.', valueHint: 'FILE' },
    json: { type: 'boolean', description: 'Print the addresses as one line of JSON.' },
  },
  async run({ args }) {
    const databaseUrl = args['database-url'] ?? process.env.DATABASE_URL;
    const defenderHost = args['defender-host'];
    const tls = await readTls(args['tls-cert'], args['tls-key']);
    const running = await start({
      port: parsePort('port', args.port),
      defenderPort: parsePort('defender-port', args['defender-port']),
      host: args.host,
      dataDirectory:
        args.data ?? join(process.env.XDG_DATA_HOME || join(homedir(), '.local/share'), 'ringfence'),
      advisories: databasePath(args.db),
      ...(defenderHost ? { defenderHost } : {}),
      ...(databaseUrl ? { databaseUrl } : {}),
      ...(tls ? { tls } : {}),
    });
    const { close, authority, ...addresses } = running;
    if (args.json) printLine(JSON.stringify(addresses));
    else {
      printLine(`The Console is at ${paint('bold', running.url)}`);
      printLine(`Defenders report to ${running.defenderUrl}`);
      if (running.setupUrl)
        printLine(`Make the administrator here, once: ${paint('cyan', running.setupUrl)}`);
      printNote('Ctrl-C stops it.');
    }
    await untilStopped();
    await close();
  },
});

/** Starts the Console; what the person can put right becomes an error for people. */
async function start(options: ConsoleOptions) {
  const { startConsole, UserError } = await import('@ringfence/console');
  try {
    return await startConsole(options);
  } catch (error) {
    if (error instanceof UserError) throw new CliError('environment', error.message, error.hint);
    throw error;
  }
}

function parsePort(flag: string, text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new CliError(
    'usage',
    `--${flag} ${text} is not a port: a number from 0 to 65535, 0 for any free one.`,
  );
}

async function readTls(cert: string | undefined, key: string | undefined) {
  if (!cert && !key) return undefined;
  if (!cert || !key) throw new CliError('usage', '--tls-cert and --tls-key belong together.');
  return {
    cert: await withPath('usage', `--tls-cert ${cert}`, () => readFile(cert, 'utf8')),
    key: await withPath('usage', `--tls-key ${key}`, () => readFile(key, 'utf8')),
  };
}

/** Resolves at SIGINT or SIGTERM; a second one ends the process at once, as always. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
