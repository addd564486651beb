import { platformOf } from '../../e2e/lab/tiers.ts';
import { compare } from './compare.ts';
import type { Row } from './row.ts';
import { type Place, runMeter } from './run-meter.ts';

export type Tier = Parameters<typeof platformOf>[0];

/** Compares two commands that print samples, both run where this tier's platform withholds what it does. */
export function compareCommands(
  row: Pick<Row, 'id' | 'what' | 'unit' | 'target' | 'note'>,
  how: {
    tier: Tier;
    blocks: number;
    unguarded: string[];
    guarded: string[];
    place?: Place;
    scale?: number;
  },
): Promise<Row> {
  const run = (command: string[]) => () => runMeter([...platformOf(how.tier), ...command], how.place);
  return compare(row, { ...how, unguarded: run(how.unguarded), guarded: run(how.guarded) });
}
