import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeApi, registerFunction, signUp } from '../../apps/console/src/testing/console-client.ts';
import { spawnConsole } from '../../apps/console/src/testing/spawn-console.ts';
import { identity, type signedPolicy } from '../../defender/init/test/protect.ts';

/** What a Console works elsewhere should not slow down what is measured here: all its threads run when others don't. */
function stepBack(pid: number) {
  for (const thread of readdirSync(`/proc/${pid}/task`))
    setPriority(Number(thread), constants.priority.PRIORITY_LOW);
}

/** Starts a real Console whose policy is this rule's sections; also answers the configuration of the function that it guards. */
export async function startConsole(sections: Parameters<typeof signedPolicy>[0]) {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'ringfence-bench-console-'));
  const running = await spawnConsole({ dataDirectory });
  if (running.child.pid) stepBack(running.child.pid);
  const close = async () => {
    await running.end('SIGTERM');
    rmSync(dataDirectory, { recursive: true, force: true });
  };
  try {
    const api = makeApi(running, (await signUp(running)).token);
    const rule = { name: 'bench', ...sections };
    const { status } = await api('PUT', '/api/policy', {
      policy: { version: 1, runtime: { rules: [rule] } },
    });
    if (status !== 200) throw new Error(`The Console refused the policy with ${status}.`);
    return {
      configuration: await registerFunction(api, identity),
      async countAudits(): Promise<number> {
        const { body } = await api('GET', '/api/audits?type=process&limit=100');
        return body.items.length;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
