import type { Surroundings } from '@ringfence/waas/engine';

/** A verdict as an audit or the engine tells it. */
export interface ShownVerdict {
  class: string;
  effect: string;
  confidence: number;
  reason: string;
  path: string;
  decoding: string[];
  evidence: { start: number; end: number; text: string };
  /** What stands around the evidence, where that is known: audits do not hold it. */
  surroundings?: Surroundings | undefined;
}
