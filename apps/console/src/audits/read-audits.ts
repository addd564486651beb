import { type Audit, parseAuditLine } from '@ringfence/audit';
import { functionIdText } from '../functions/function-registry.ts';

export type ReceivedAudit = { audit: Audit; line: string };

/**
 * Takes a batch apart into its audits. Lines that are no audit, from before 1970, or of another
 * function than the sender, are counted.
 */
export function readAudits(body: string, functionId: string): { audits: ReceivedAudit[]; rejected: number } {
  const audits: ReceivedAudit[] = [];
  let rejected = 0;
  for (const line of body.split('\n')) {
    if (line.trim() === '') continue;
    const result = parseAuditLine(line);
    if (
      result.ok &&
      Date.parse(result.audit.time) >= 0 &&
      functionIdText(result.audit.function) === functionId
    )
      audits.push({ audit: result.audit, line });
    else rejected++;
  }
  return { audits, rejected };
}
