import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/run.mjs';
import { SetupError } from '../setup/say.mjs';

const built = (path) => import(join(root, 'apps/console/dist', path));

/**
 * Starts the Console in this process, with an API token for the demonstration. The administrator is still made by the person,
 * through the one-time link; so the token is written into the store before the Console opens it.
 */
export async function openConsole({ dataDirectory, port, defenderPort }) {
  const { startConsole, UserError } = await built('index.js');
  try {
    const token = await readOrMakeToken(dataDirectory);
    return { token, ...(await startConsole({ dataDirectory, port, defenderPort })) };
  } catch (error) {
    if (error instanceof UserError) throw new SetupError(`${error.message} ${error.hint}`);
    throw error;
  }
}

async function readOrMakeToken(dataDirectory) {
  const file = join(dataDirectory, 'demo-token');
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const [{ openEmbeddedStore }, { migrate }, { createApiToken }] = await Promise.all([
    built('store/open-embedded-store.js'),
    built('store/migrate.js'),
    built('access/api-tokens.js'),
  ]);
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const store = await openEmbeddedStore(dataDirectory);
  try {
    await migrate(store.database);
    const { token } = await createApiToken(store.database, {
      name: 'npm start',
      role: 'admin',
      expiresInDays: undefined,
      createdBy: 'npm start',
    });
    writeFileSync(file, token, { mode: 0o600 });
    return token;
  } finally {
    await store.close();
  }
}
