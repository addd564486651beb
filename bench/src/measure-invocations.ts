import type { Programs } from './build-programs.ts';
import { compare } from './compare.ts';
import type { Effort } from './effort.ts';
import type { Row } from './row.ts';
import { runMeter } from './run-meter.ts';
import { startRuntimeApi } from './start-runtime-api.ts';

/** Invocations: an event and a response as large, straight to the Runtime API and through the init's proxy. */
export async function measureInvocations(programs: Programs, init: string, effort: Effort): Promise<Row[]> {
  const measure = async (row: Pick<Row, 'id' | 'what' | 'target'>, bytes: number, rounds: number) => {
    const api = await startRuntimeApi(programs, bytes);
    const meter = [programs['invocation-meter'], String(rounds), String(bytes)];
    try {
      return await compare(
        { ...row, unit: 'µs' },
        {
          blocks: effort.invocationBlocks,
          unguarded: () => runMeter(meter, api),
          guarded: () => runMeter([init, ...meter], api),
        },
      );
    } finally {
      await api.close();
    }
  };
  return [
    await measure(
      { id: 'invocation-1k', what: 'invocation, 1 KB', target: { must: 150, aim: 60, better: 'lower' } },
      1024,
      effort.smallInvocations,
    ),
    await measure({ id: 'invocation-1m', what: 'invocation, 1 MB' }, 1024 * 1024, effort.largeInvocations),
  ];
}
