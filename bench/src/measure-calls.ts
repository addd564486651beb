import type { Programs } from './build-programs.ts';
import { compareCommands, type Tier } from './compare-commands.ts';
import type { Effort } from './effort.ts';
import type { Row } from './row.ts';

/** System calls that nothing watches, and opening files for reading and for writing. */
export async function measureCalls(programs: Programs, init: string, effort: Effort): Promise<Row[]> {
  const samples = String(effort.callsABlock);
  const of = (
    tier: Tier,
    row: Omit<Parameters<typeof compareCommands>[0], 'id'> & { id: string },
    meter: string[],
  ) => compareCommands(row, { tier, blocks: effort.callBlocks, unguarded: meter, guarded: [init, ...meter] });
  const call = [programs['call-meter'], samples];
  const open = (how: 'read' | 'write', path = programs.scratch) => [
    programs['open-meter'],
    samples,
    how,
    path,
  ];
  const unwatched = { unit: 'ns', target: { must: 2, aim: 0, better: 'lower', percent: true } } as const;
  const file = (must: number, aim: number) =>
    ({ unit: 'µs', target: { must, aim, better: 'lower' } }) as const;
  return [
    await of('T0', { id: 'call', what: 'system call that is not watched', ...unwatched }, call),
    await of('T2', { id: 'call-t2', what: 'system call that is not watched, T2', ...unwatched }, call),
    await of('T0', { id: 'open-read', what: 'file open, reading', ...file(1.5, 0.6) }, open('read')),
    await of('T0', { id: 'open-write', what: 'file open, writing', ...file(1.5, 0.6) }, open('write')),
    await of('T1', { id: 'open-read-t1', what: 'file open, reading, T1', unit: 'µs' }, open('read')),
    await of('T1', { id: 'open-write-t1', what: 'file open, writing, T1', unit: 'µs' }, open('write')),
    await of('T2', { id: 'open-read-t2', what: 'file open, reading, T2', ...file(1, 0.1) }, open('read')),
    await of(
      'T2',
      { id: 'open-link-t2', what: 'file open, reading, by a symlink, T2', ...file(1, 0.1) },
      open('read', programs.scratchLink),
    ),
    await of('T2', { id: 'open-write-t2', what: 'file open, writing, T2', ...file(1, 0.1) }, open('write')),
  ];
}
