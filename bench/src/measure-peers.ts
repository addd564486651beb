import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { addresses } from '../../e2e/lab/addresses.ts';
import { platformOf } from '../../e2e/lab/tiers.ts';
import manifest from '../package.json' with { type: 'json' };
import type { Programs } from './build-programs.ts';
import { compare } from './compare.ts';
import { compareCommands, type Tier } from './compare-commands.ts';
import type { Effort } from './effort.ts';
import { planRuntime } from './plan-runtime.ts';
import { readPrivateMemoryOfAll } from './read-private-memory.ts';
import type { Row } from './row.ts';
import { unprivileged } from './unprivileged.ts';

/** What protects a Node function: the init, the function's own wrapping, or flags of Node. */
type Protection = { id: string; name: string; tier: Tier; init?: string; module?: string; flags?: string[] };

const FOLDER = 'bench/peers';
const at = (name: string) => fileURLToPath(new URL(`../peers/${name}.cjs`, import.meta.url));

/** The memory in KB of a command and what it starts, once it has said something on descriptor 3. */
async function measureMemoryOf(command: string[], env: Record<string, string>): Promise<number[]> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    cwd: '/',
    env,
    ...unprivileged,
  });
  const closed = once(child, 'close');
  try {
    await Promise.race([
      once(child.stdio[3] as Readable, 'data'),
      closed.then(([code]) => Promise.reject(new Error(`${command.join(' ')} ended with ${code}.`))),
    ]);
    return [readPrivateMemoryOfAll(child.pid ?? 0)];
  } finally {
    child.kill();
    await closed;
  }
}

/**
 * What the guard and its peers add to one Node function, in one run: npm's firewall for Lambda without a token, so that it
 * reports to nobody, and Node's permission flags. Needs root for the network of its own and the look at memory.
 */
export async function measurePeers(
  programs: Programs,
  init: string,
  network: string[],
  effort: Effort,
): Promise<Row[]> {
  const protections: Protection[] = [
    { id: 't0', name: 'Ringfence, T0', tier: 'T0', init },
    { id: 't2', name: 'Ringfence, T2', tier: 'T2', init },
    {
      id: 'firewall',
      name: `@aikidosec/firewall ${manifest.devDependencies['@aikidosec/firewall']}`,
      tier: 'T0',
      module: 'firewall',
    },
    {
      id: 'permission',
      name: 'permission flags of Node',
      tier: 'T0',
      flags: [
        '--no-warnings',
        '--experimental-permission',
        '--allow-fs-read=*',
        '--allow-fs-write=/tmp/*',
        '--allow-child-process',
        '--allow-addons', // AWS's client is one
      ],
    },
  ];
  const env = {
    PATH: '/usr/bin:/bin',
    URL_TO_GET: `http://${addresses.api}/`,
    PROGRAM: programs.tool,
    AIKIDO_BLOCK: 'true',
  };
  const blocks = effort.peerBlocks;

  const measureStart = ({ id, name, tier, init, module = 'handler', flags = [] }: Protection) => {
    const meter = [programs['start-meter'], String(effort.slowStartsABlock)];
    const plain = planRuntime('nodejs', { folder: FOLDER, handler: 'handler.handler' });
    const wrapped = planRuntime('nodejs', { folder: FOLDER, handler: `${module}.handler`, flags });
    // Both sides have the environment of the plain one, but for the handler, which the client takes from its argument.
    const place = { ...plain.place, env: { ...plain.place.env, ...env } };
    return compareCommands(
      { id: `${id}-start`, what: `${name}: cold start`, unit: 'ms' },
      {
        tier,
        blocks,
        unguarded: [...meter, ...plain.command],
        guarded: [...meter, ...(init ? [init] : []), ...wrapped.command],
        place,
        scale: 1e-3,
      },
    );
  };
  const commandsFor = (
    { init, module = 'handler', flags = [] }: Protection,
    task: string,
    rounds: number,
  ) => {
    const invoke = (more: string[], name: string) => [
      process.execPath,
      ...more,
      at('invoke'),
      at(name),
      task,
      String(rounds),
    ];
    return {
      unguarded: invoke([], 'handler'),
      guarded: [...(init ? [init] : []), ...invoke(flags, module)],
    };
  };
  const measureTask = (protection: Protection, task: string, what: string) =>
    compareCommands(
      { id: `${protection.id}-${task}`, what: `${protection.name}: ${what}`, unit: 'µs' },
      {
        tier: protection.tier,
        blocks,
        ...commandsFor(protection, task, effort.peerRounds),
        place: { env, network },
      },
    );
  const measureMemory = (protection: Protection) => {
    const { unguarded, guarded } = commandsFor(protection, 'wait', 1);
    const measure = (command: string[]) => () =>
      measureMemoryOf([...platformOf(protection.tier), ...command], env);
    return compare(
      { id: `${protection.id}-memory`, what: `${protection.name}: memory`, unit: 'KB' },
      { blocks, unguarded: measure(unguarded), guarded: measure(guarded) },
    );
  };

  const rows: Row[] = [];
  for (const protection of protections) rows.push(await measureStart(protection));
  for (const protection of protections) rows.push(await measureTask(protection, 'connect', 'http request'));
  for (const protection of protections) rows.push(await measureTask(protection, 'child', 'child process'));
  for (const protection of protections) rows.push(await measureMemory(protection));
  return rows;
}
