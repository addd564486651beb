import { cpSync } from 'node:fs';
import { layOut, signedPolicy } from '../../defender/init/test/protect.ts';
import { openLab } from '../../e2e/lab/lab.ts';
import { buildPrograms } from './build-programs.ts';
import type { Effort } from './effort.ts';
import { fullRule, narrowRule } from './full-rule.ts';
import { measureCalls } from './measure-calls.ts';
import { measureExecs } from './measure-execs.ts';
import { measureIngestion } from './measure-ingestion.ts';
import { measureInvocations } from './measure-invocations.ts';
import { measureMemory } from './measure-memory.ts';
import { measureNetwork } from './measure-network.ts';
import { measurePeers } from './measure-peers.ts';
import { measureSizes } from './measure-sizes.ts';
import { measureStarts } from './measure-starts.ts';
import type { Row } from './row.ts';
import { startConsole } from './start-console.ts';

/** Whether what needs root can be measured: a network of its own, and memory. */
const isRoot = process.getuid?.() === 0;

/**
 * Measures everything, one thing after another, with this build of the init or the project's own; `tell` hears what comes
 * next. `peers` are rows of what else protects a Node function, beside the guard on the same function.
 */
export async function measureAll(
  effort: Effort,
  init: string | undefined,
  tell: (what: string) => void,
): Promise<{ rows: Row[]; peers: Row[] }> {
  const { programs, remove } = buildPrograms();
  const layOutInit = (configuration: Parameters<typeof layOut>[0]) => {
    const laidOut = layOut(configuration);
    if (init) cpSync(init, laidOut.init, { force: true });
    return laidOut;
  };
  const alone = layOutInit({ signedPolicy: signedPolicy(fullRule(programs)) });
  const narrow = layOutInit({ signedPolicy: signedPolicy(narrowRule(programs)) });
  const lab = isRoot ? await openLab() : undefined;
  try {
    tell('execs');
    const execs = await measureExecs(programs, alone.init, effort);
    tell('system calls and files');
    const calls = await measureCalls(programs, narrow.init, effort);
    tell('network');
    const network = lab ? await measureNetwork(programs, alone.init, lab.enter, effort) : [];
    tell('invocations');
    const invocations = await measureInvocations(programs, alone.init, effort);
    tell('peers');
    const peers = lab ? await measurePeers(programs, alone.init, lab.enter, effort) : [];
    const running = await startConsole(fullRule(programs));
    const reporting = layOutInit(running.configuration);
    try {
      tell('cold starts');
      const inits = { alone: alone.init, withConsole: reporting.init };
      const starts = await measureStarts(programs, inits, effort);
      tell('memory');
      const memory = isRoot ? await measureMemory(programs, reporting.init, effort) : [];
      if ((await running.countAudits()) === 0) throw new Error('No audit reached the Console.');
      await running.close();
      tell('ingestion');
      const single = [...memory, ...measureSizes(), await measureIngestion(effort)];
      return { rows: [...starts, ...invocations, ...execs, ...calls, ...network, ...single], peers };
    } finally {
      reporting.remove();
      await running.close();
    }
  } finally {
    await lab?.close();
    narrow.remove();
    alone.remove();
    remove();
  }
}
