import {
  collect,
  compileProgram,
  type Finished,
  layOut,
  runUnder,
  signedPolicy,
} from '../../init/test/protect.ts';

type Sections = Parameters<typeof signedPolicy>[0];
type Options = Parameters<typeof runUnder>[2] & { onError?: 'open' | 'closed'; initMode?: number };

/** Runs a command where the platform allows no filter, as on classic Lambda, so with the guard library in it (T2). */
export async function runWithLibrary(
  sections: Sections,
  command: string[],
  { onError, initMode, ...options }: Options = {},
): Promise<Finished> {
  const { init, remove } = layOut(
    { signedPolicy: signedPolicy(sections, onError ? { onError } : {}) },
    undefined,
    initMode === undefined ? {} : { mode: initMode },
  );
  try {
    return await collect(runUnder(compileProgram('restrict.c'), ['lambda', init, ...command], options));
  } finally {
    remove();
  }
}
