import { median } from './median.ts';
import type { Row } from './row.ts';

type Block = () => Promise<number[]>;

/**
 * Measures without and with the guard in turn, in `blocks` blocks of each, so that whatever else the machine does meets both.
 * Samples are multiplied by `scale`.
 */
export async function compare(
  row: Pick<Row, 'id' | 'what' | 'unit' | 'target' | 'note'>,
  {
    blocks,
    unguarded,
    guarded,
    scale = 1,
  }: { blocks: number; unguarded: Block; guarded: Block; scale?: number },
): Promise<Row> {
  const without: number[][] = [];
  const withGuard: number[][] = [];
  for (let block = 0; block < blocks; block++) {
    const turns = [async () => without.push(await unguarded()), async () => withGuard.push(await guarded())];
    for (const turn of block % 2 ? turns.reverse() : turns) await turn();
  }
  const medianOf = (samples: number[][]) => median(samples.flat()) * scale;
  const half = (parity: number) => medianOf(without.filter((_, index) => index % 2 === parity));
  const [before, after] = [medianOf(without), medianOf(withGuard)];
  return {
    ...row,
    unguarded: before,
    guarded: after,
    figure: after - before,
    noise: Math.abs(half(0) - half(1)),
    samples: withGuard.flat().length,
  };
}
