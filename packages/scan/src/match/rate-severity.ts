import type { Severity } from '@ringfence/findings';
import * as calculator from 'ae-cvss-calculator'; // reads and computes CVSS 2, 3.0, 3.1 and 4.0

// A CommonJS module: tools that load plugins by require() hand over its parts, Node's import puts them into `default`.
const cvss = calculator.default ?? calculator;

export interface Cvss {
  vector: string;
  score: number;
}

/** The newest version's vector that can be computed. */
export function readCvss(vectors: string[]): Cvss | undefined {
  const read = vectors.flatMap((vector) => {
    const score = cvss.fromVector(vector)?.calculateScores(false).base;
    return score === undefined ? [] : [{ vector, score }];
  });
  const version = ({ vector }: Cvss) => Number(/^CVSS:([\d.]+)/.exec(vector)?.[1] ?? 2);
  return read.toSorted((one, other) => version(other) - version(one))[0];
}

const ratings: Record<string, Severity> = {
  CRITICAL: 'critical',
  HIGH: 'high',
  MODERATE: 'medium',
  MEDIUM: 'medium',
  LOW: 'low',
};

/** The qualitative scale of CVSS 3.1 and 4.0 (first.org). */
function rateScore(score: number): Severity {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'info';
}

/** By CVSS, else by the database's own word; medium where nobody says, so that it is neither hidden nor shouted. */
export function rateSeverity(cvss: Cvss | undefined, rating: string | undefined): Severity {
  return cvss ? rateScore(cvss.score) : (ratings[rating?.toUpperCase() ?? ''] ?? 'medium');
}
