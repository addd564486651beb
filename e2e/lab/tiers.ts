import { compileProgram } from '../../defender/init/test/protect.ts';
import type { Tier } from '../attacks/attempts.ts';

/** The command that makes the one after it find what this tier's platform offers: facilities are really taken away, the init probes for itself. */
export function platformOf(tier: Tier): string[] {
  if (tier === 'T0') return [];
  return [compileProgram('restrict.c'), tier === 'T1' ? 'landlock' : 'lambda'];
}
