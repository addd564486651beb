// A Console as a process of its own, for tests that kill it and for measurements.
// Arguments: the options as JSON. Prints the addresses as JSON, and its memory when told so by a message.
import { startConsole } from '../start-console.ts';
import { UserError } from '../user-error.ts';

try {
  const running = await startConsole(JSON.parse(process.argv[2] ?? '{}'));
  const { url, defenderUrl, authority, setupUrl } = running;
  process.stdout.write(`${JSON.stringify({ url, defenderUrl, authority, setupUrl })}\n`);
  process.on('message', () => process.send?.(process.memoryUsage()));
  process.on('SIGTERM', async () => {
    await running.close();
    process.exit(0);
  });
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stdout.write(`${JSON.stringify({ error: error.message, hint: error.hint })}\n`);
  process.exitCode = 2;
}
