import { addresses } from '../../e2e/lab/addresses.ts';
import type { Programs } from './build-programs.ts';
import { compareCommands, type Tier } from './compare-commands.ts';
import type { Effort } from './effort.ts';
import type { Row, Target } from './row.ts';

/** Connecting and looking up names in the lab's network, which `network` enters. */
export async function measureNetwork(
  programs: Programs,
  init: string,
  network: string[],
  effort: Effort,
): Promise<Row[]> {
  const of = (
    tier: Tier,
    row: { id: string; what: string; target?: Target },
    blocks: number,
    meter: string[],
  ) =>
    compareCommands(
      { ...row, unit: 'µs' },
      { tier, blocks, unguarded: meter, guarded: [init, ...meter], place: { network } },
    );
  const samples = String(effort.callsABlock);
  const connect = [programs['connect-meter'], samples, addresses.api];
  const lookups = (rounds: string, warmUp: string) => [
    programs['lookup-meter'],
    rounds,
    warmUp,
    'api.lab.test',
  ];
  const limits = (must: number, aim: number) => ({ target: { must, aim, better: 'lower' } as const });
  const { callBlocks, lookupBlocks } = effort;
  return [
    await of('T0', { id: 'connect', what: 'connect', ...limits(50, 15) }, callBlocks, connect),
    await of('T2', { id: 'connect-t2', what: 'connect, T2', ...limits(2, 0.3) }, callBlocks, connect),
    await of(
      'T0',
      { id: 'lookup-first', what: 'DNS lookup, first', ...limits(300, 100) },
      lookupBlocks,
      lookups('1', '0'),
    ),
    await of(
      'T2',
      { id: 'lookup-first-t2', what: 'DNS lookup, first, T2', ...limits(300, 100) },
      lookupBlocks,
      lookups('1', '0'),
    ),
    await of('T0', { id: 'lookup-later', what: 'DNS lookup, later' }, callBlocks, lookups(samples, '1')),
    await of(
      'T2',
      { id: 'lookup-later-t2', what: 'DNS lookup, later, T2' },
      callBlocks,
      lookups(samples, '1'),
    ),
  ];
}
