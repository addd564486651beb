import type { Finding } from './finding.ts';
import type { Report } from './report.ts';
import { isAtLeast, SEVERITIES } from './severity.ts';

/** From which severity on a report fails the build. */
export const FAIL_ON = [...SEVERITIES, 'never'] as const;
export type FailOn = (typeof FAIL_ON)[number];

export const isFailure = ({ severity }: Finding, threshold: FailOn): boolean =>
  threshold !== 'never' && isAtLeast(severity, threshold);

/** Whether a finding that is not suppressed is as bad as `threshold`, or worse. */
export const fails = ({ findings }: Report, threshold: FailOn): boolean =>
  findings.some((finding) => isFailure(finding, threshold));
