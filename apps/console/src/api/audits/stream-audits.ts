import { streamSSE } from 'hono/streaming';
import { followAudits } from '../../audits/audit-stream.ts';
import { ApiError } from '../common/api-error.ts';
import { defineOperation } from '../common/operation.ts';
import { streamAuditsRoute } from './stream-audits.schema.ts';

const READERS = 100;
const HEARTBEAT_MS = 15_000;

export const streamAuditsOperation = defineOperation(streamAuditsRoute, ({ database, stopping, log }) => {
  let readers = 0;
  return (context) => {
    const filter = context.req.valid('query');
    const lastEventId = context.req.valid('header')['last-event-id'];
    if (lastEventId !== undefined && !/^\d{1,15}$/.test(lastEventId))
      throw new ApiError(400, 'Last-Event-ID: must be the id of an event of this stream.');
    if (readers >= READERS)
      throw new ApiError(429, 'Too many follow the audits.', { headers: { 'Retry-After': '30' } });
    readers++;
    return streamSSE(context, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      const signal = AbortSignal.any([gone.signal, stopping]);
      // Also tells at once that the stream is open.
      await stream.write(': ready\n\n');
      const heartbeat = setInterval(() => void stream.write(': still here\n\n'), HEARTBEAT_MS);
      try {
        const after = lastEventId === undefined ? undefined : Number(lastEventId);
        for await (const event of followAudits(database, filter, after, signal)) {
          if (signal.aborted) break;
          await stream.writeSSE({
            event: event.event,
            id: String(event.position),
            data: JSON.stringify(event.event === 'audit' ? event.audit : {}),
          });
        }
      } catch (error) {
        if (!signal.aborted) log.error({ err: error }, 'a stream of audits failed');
      } finally {
        clearInterval(heartbeat);
        readers--;
      }
    });
  };
});
