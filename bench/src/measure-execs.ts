import type { Programs } from './build-programs.ts';
import { compareCommands } from './compare-commands.ts';
import type { Effort } from './effort.ts';
import type { Row } from './row.ts';

/** The exit code with which `run_program` says that an exec was refused. */
const DENIED = '126';

/** Execs (vfork, exec, wait), allowed and denied. */
export async function measureExecs(programs: Programs, init: string, effort: Effort): Promise<Row[]> {
  const meter = (expected: string, program: string) => [
    programs['exec-meter'],
    String(effort.execsABlock),
    expected,
    program,
  ];
  const started = meter('0', programs.nothing);
  const loaded = meter('0', programs.tool);
  const blocks = effort.execBlocks;
  return [
    await compareCommands(
      {
        id: 'exec-allowed',
        what: 'exec, allowed',
        unit: 'µs',
        target: { must: 150, aim: 50, better: 'lower' },
      },
      { tier: 'T0', blocks, unguarded: started, guarded: [init, ...started] },
    ),
    await compareCommands(
      {
        id: 'exec-allowed-t2',
        what: 'exec, allowed, T2',
        unit: 'µs',
        target: { must: 50, aim: 10, better: 'lower' },
        note: 'the program loads the C library',
      },
      { tier: 'T2', blocks, unguarded: loaded, guarded: [init, ...loaded] },
    ),
    await compareCommands(
      { id: 'exec-denied', what: 'exec, denied and told', unit: 'µs', note: 'unguarded, the program runs' },
      { tier: 'T0', blocks, unguarded: started, guarded: [init, ...meter(DENIED, programs.denied)] },
    ),
  ];
}
