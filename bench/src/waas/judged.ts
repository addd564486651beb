import type { DevelopmentString } from '../../../packages/waas/bench/development-strings.ts';

export interface TextVerdict {
  name: string;
  /** Per cent. */
  confidence: number;
}

/** A development string, and what one judge said of it. */
export interface Judged extends Omit<DevelopmentString, 'text'> {
  verdicts: TextVerdict[];
}
