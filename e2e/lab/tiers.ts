import { compileProgram } from '../../defender/init/test/protect.ts';
import type { Tier } from '../attacks/attempts.ts';

const restrictions = { T1: 'landlock', T2: 'lambda', 'T0+T2': 'container' };

/** The command that makes the one after it find what this tier's platform offers: facilities are really taken away, the init probes for itself. */
export function platformOf(tier: Tier): string[] {
  return tier === 'T0' ? [] : [compileProgram('restrict.c'), restrictions[tier]];
}

/** What the init says of the platform when it holds all four sections, or these. */
export function tiersOf(tier: Tier) {
  const [main, network = main] = tier.split('+');
  return { tier: main, tiers: { network } };
}
