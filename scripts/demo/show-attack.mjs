import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/run.mjs';
import { SetupError, say } from '../setup/say.mjs';
import { findAudit } from './find-audit.mjs';
import { ringfence } from './ringfence.mjs';

const example = JSON.parse(readFileSync(join(root, 'examples/examples.json'), 'utf8')).find(
  ({ name }) => name === 'python',
);
const folder = 'examples/python';

/** Protects the example, runs its good event and its attack with and without protection, and says what happened. */
export async function showAttack(console, dataDirectory) {
  const env = { RINGFENCE_CONSOLE: console.url, RINGFENCE_TOKEN: console.token };
  const { revision } = await ringfence(['policy', 'get'], { env });
  if (revision === 0) await ringfence(['policy', 'apply', `${folder}/policy.yaml`], { env });

  say(`protecting the example "${example.functionName}" (${folder}): ${readHole()}`);
  const output = join(dataDirectory, 'example');
  const envFile = join(dataDirectory, 'example.env');
  rmSync(output, { recursive: true, force: true });
  const identity = ['--function', example.functionName, '--region', 'local', '--runtime', example.runtime];
  const arch = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  await ringfence(
    [
      'embed',
      `examples/${example.package}`,
      ...identity,
      '--arch',
      arch,
      '-o',
      output,
      '--env-file',
      envFile,
    ],
    { env },
  );

  const run = (event, ...flags) =>
    ringfence(
      [
        'run',
        output,
        '--event',
        `${folder}/events/${event}.json`,
        '--env-file',
        envFile,
        '--handler',
        example.handler,
        '--memory',
        String(example.memoryMb),
        '--timeout',
        '20',
        ...flags,
      ],
      { fine: [0, 1] },
    );
  const good = [await run('good', '--unprotected'), await run('good')];
  const same = JSON.stringify(good[0].result) === JSON.stringify(good[1].result) && good[0].status === 'ok';
  tell('good event, unprotected', JSON.stringify(good[0].result ?? good[0].error));
  tell('good event, protected', same ? 'the same result' : JSON.stringify(good[1].result ?? good[1].error));
  const open = await run('attack', '--unprotected');
  tell('attack, unprotected', `the attacker's command ran: ${JSON.stringify(open.result)}`);
  const start = performance.now();
  const { audits } = await run('attack');
  const blocked = audits.filter(({ action }) => action === 'blocked');
  for (const { message } of blocked) tell('attack, protected', `blocked: ${message}`);
  if (!same) throw new SetupError('The protected function answered its good event differently.', 1);
  if (blocked.length === 0) throw new SetupError(`Nothing was blocked: ${describe(audits)}`, 1);

  const seconds = await findAudit(console, blocked[0].id, start);
  if (seconds === undefined) throw new SetupError('The audit did not reach the Console within 5 seconds.', 1);
  say(`the audit is on the Console, ${seconds.toFixed(1)} s after the attack began: ${console.url}/audits`);
}

const readHole = () => `${example.attack[0].toLowerCase()}${example.attack.slice(1)}`;
const tell = (what, result) => process.stdout.write(`  ${what.padEnd(25)} ${result}\n`);
const describe = (audits) => audits.map(({ message }) => message).join('; ') || 'there are no audits.';
