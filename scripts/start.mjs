// `npm start`: sets up, starts the Console, protects an example, attacks it, and says where to see it.
// --once ends after that; --port, --defender-port and --data choose other ports and another folder for the Console's data.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openConsole } from './demo/open-console.mjs';
import { showAttack } from './demo/show-attack.mjs';
import { root } from './setup/run.mjs';
import { runScript, SetupError, say, step } from './setup/say.mjs';
import { setUp } from './setup/set-up.mjs';

await runScript(async () => {
  const { once, port, defenderPort, dataDirectory } = readArguments();
  await setUp('start');
  const console = await step('starting the Console', () =>
    openConsole({ dataDirectory, port, defenderPort }),
  );
  try {
    await showAttack(console, dataDirectory);
    if (console.setupUrl) say(`make the administrator here, once: ${console.setupUrl}`);
    if (once) return;
    say(`the Console is at ${console.url}; Ctrl-C stops it`);
    await new Promise((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
    });
  } finally {
    await console.close();
  }
});

function readArguments() {
  const options = {
    data: { type: 'string' },
    once: { type: 'boolean' },
    port: { type: 'string' },
    'defender-port': { type: 'string' },
  };
  try {
    const { values } = parseArgs({ options });
    return {
      once: values.once ?? process.env.CI === 'true',
      dataDirectory: values.data ?? join(root, '.data'),
      port: Number(values.port ?? 8470),
      defenderPort: Number(values['defender-port'] ?? 8471),
    };
  } catch (error) {
    throw new SetupError(
      `${error.message} Flags: ${Object.keys(options)
        .map((name) => `--${name}`)
        .join(', ')}.`,
      2,
    );
  }
}
