import type { Severity } from '@ringfence/findings';
import type { Graph } from '../graph/build-graph.ts';
import type { Fix } from '../patch/fix.ts';
import type { Place } from '../template/place.ts';

/** One place where a check does not hold. */
export interface Problem {
  /** The resource's name in the template. */
  subject: string;
  /** What is wrong there, in one sentence. */
  message: string;
  /** Tells problems of one subject apart, from run to run; left out where there is one. */
  key?: string;
  place?: Place | undefined;
  /** Further evidence. */
  more?: readonly (Place & { note?: string })[];
  fix?: Fix;
  /** Of this problem, where it differs from the check's. */
  severity?: Severity;
}

/** A question to the graph. */
export interface Check {
  /** Such as function-url-open; the finding's rule is `posture/` and this. */
  id: string;
  title: string;
  severity: Severity;
  /** Why it matters. */
  why: string;
  /** What to do. */
  advice: string;
  /** The same with the names of Terraform, where the advice has others. */
  inTerraform?: string;
  /** Such as CWE-306, OWASP SAS-2. */
  references: string[];
  find(graph: Graph): Problem[] | Promise<Problem[]>;
  /** Templates, of which the first gives no problem and the second exactly one. */
  passing: string;
  failing: string;
}

export const defineCheck = (check: Check): Check => check;
