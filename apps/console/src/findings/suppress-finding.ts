import type { Database } from '../store/tables.ts';
import { recordEvents } from './apply-findings.ts';
import type { FindingKey } from './find-finding.ts';

type Suppression = { reason: string; expires: string | null };

/**
 * Suppresses a finding, or no longer with undefined, and writes down who did.
 * @returns whether there was something to change
 */
export function suppressFinding(
  database: Database,
  { functionId, tool, findingId }: FindingKey,
  suppression: Suppression | undefined,
  by: string,
): Promise<boolean> {
  return database.transaction().execute(async (transaction) => {
    let update = transaction
      .updateTable('findings')
      .set({
        suppression_reason: suppression?.reason ?? null,
        suppression_expires: suppression?.expires ?? null,
        suppressed_by: suppression ? by : null,
        suppressed_at: suppression ? new Date().toISOString() : null,
      })
      .where('function_id', '=', functionId)
      .where('tool', '=', tool)
      .where('id', '=', findingId);
    if (!suppression) update = update.where('suppression_reason', 'is not', null);
    const { numUpdatedRows } = await update.executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    const until = suppression?.expires ? `until ${suppression.expires}: ` : '';
    const event = { id: findingId, what: suppression ? ('suppressed' as const) : ('unsuppressed' as const) };
    await recordEvents(transaction, { functionId, tool, by, note: `${until}${suppression?.reason ?? ''}` }, [
      event,
    ]);
    return true;
  });
}
