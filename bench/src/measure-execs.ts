import type { Programs } from './build-programs.ts';
import { compare } from './compare.ts';
import type { Effort } from './effort.ts';
import type { Row } from './row.ts';
import { runMeter } from './run-meter.ts';

/** The exit code with which `run_program` says that an exec was refused. */
const DENIED = '126';

/** Execs (vfork, exec, wait), allowed and denied, and a system call that is not watched. */
export async function measureExecs(programs: Programs, init: string, effort: Effort): Promise<Row[]> {
  const meter = (expected: string, program: string) => [
    programs['exec-meter'],
    String(effort.execsABlock),
    expected,
    program,
  ];
  const calls = [programs['call-meter'], String(effort.execsABlock)];
  const started = () => runMeter(meter('0', programs.nothing));
  return [
    await compare(
      {
        id: 'exec-allowed',
        what: 'exec, allowed',
        unit: 'µs',
        target: { must: 200, aim: 50, better: 'lower' },
      },
      {
        blocks: effort.execBlocks,
        unguarded: started,
        guarded: () => runMeter([init, ...meter('0', programs.nothing)]),
      },
    ),
    await compare(
      { id: 'exec-denied', what: 'exec, denied and told', unit: 'µs', note: 'unguarded, the program runs' },
      {
        blocks: effort.execBlocks,
        unguarded: started,
        guarded: () => runMeter([init, ...meter(DENIED, programs.denied)]),
      },
    ),
    await compare(
      { id: 'call', what: 'system call that is not watched', unit: 'ns' },
      {
        blocks: effort.callBlocks,
        unguarded: () => runMeter(calls),
        guarded: () => runMeter([init, ...calls]),
      },
    ),
  ];
}
