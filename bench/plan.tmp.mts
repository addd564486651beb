import { layOut, signedPolicy } from '/work/lead/defender/init/test/protect.ts';
import { platformOf } from '/work/lead/e2e/lab/tiers.ts';
import { buildPrograms } from '/work/lead/bench/src/build-programs.ts';
import { fullRule } from '/work/lead/bench/src/full-rule.ts';
import { planRuntime } from '/work/lead/bench/src/plan-runtime.ts';
import { writeFileSync } from 'node:fs';
const { programs } = buildPrograms();
const alone = layOut({ signedPolicy: signedPolicy(fullRule(programs)) });
for (const k of ['java', 'nodejs', 'python'] as const) {
const { command, place } = planRuntime(k);
writeFileSync(`/tmp/plan-${k}.json`, JSON.stringify({ programs, env: place.env, cwd: place.cwd, u: [...platformOf('T2'), ...command], g: [...platformOf('T2'), alone.init, ...command] }));
}
