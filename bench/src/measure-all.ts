import { cpSync } from 'node:fs';
import { layOut, signedPolicy } from '../../defender/init/test/protect.ts';
import { buildPrograms } from './build-programs.ts';
import type { Effort } from './effort.ts';
import { measureExecs } from './measure-execs.ts';
import { measureIngestion } from './measure-ingestion.ts';
import { measureInvocations } from './measure-invocations.ts';
import { measureMemory } from './measure-memory.ts';
import { measureSizes } from './measure-sizes.ts';
import { measureStarts } from './measure-starts.ts';
import type { Row } from './row.ts';
import { startConsole } from './start-console.ts';

/** Measures everything, one thing after another, with this build of the init or the project's own; `tell` hears what comes next. */
export async function measureAll(
  effort: Effort,
  init: string | undefined,
  tell: (what: string) => void,
): Promise<Row[]> {
  const { programs, remove } = buildPrograms();
  const policy = signedPolicy({ effect: 'prevent', allow: [programs.nothing] });
  const layOutInit = (configuration: Parameters<typeof layOut>[0]) => {
    const laidOut = layOut(configuration);
    if (init) cpSync(init, laidOut.init, { force: true });
    return laidOut;
  };
  const alone = layOutInit({ signedPolicy: policy });
  try {
    tell('execs and system calls');
    const execs = await measureExecs(programs, alone.init, effort);
    tell('invocations');
    const invocations = await measureInvocations(programs, alone.init, effort);
    const running = await startConsole(programs.nothing);
    const reporting = layOutInit(running.configuration);
    try {
      tell('cold starts');
      const inits = { alone: alone.init, withConsole: reporting.init };
      const starts = await measureStarts(programs, inits, effort);
      tell('memory');
      const memory = process.getuid?.() === 0 ? await measureMemory(programs, reporting.init, effort) : [];
      if ((await running.countAudits()) === 0) throw new Error('No audit reached the Console.');
      await running.close();
      tell('ingestion');
      return [
        ...starts,
        ...invocations,
        ...execs,
        ...memory,
        ...measureSizes(),
        await measureIngestion(effort),
      ];
    } finally {
      reporting.remove();
      await running.close();
    }
  } finally {
    alone.remove();
    remove();
  }
}
