import { type StoredAudit, storedAudit } from '../../api/audits.ts';

export type StreamState = 'connecting' | 'live' | 'lost';

type Listener = {
  onState: (state: StreamState) => void;
  /** New audits, newest first, gathered over a tenth of a second. */
  onAudits: (audits: StoredAudit[]) => void;
  /** The stream started, or left audits out: the list must be read again. */
  onGap: () => void;
};

/** Follows new audits by server-sent events until the returned function is called; reconnects by itself. */
export function followAudits(query: URLSearchParams, listener: Listener): () => void {
  let source: EventSource;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let flush: ReturnType<typeof setTimeout> | undefined;
  let gathered: StoredAudit[] = [];

  const onAudit = (event: MessageEvent<string>) => {
    const parsed = storedAudit.safeParse(JSON.parse(event.data));
    if (!parsed.success) return;
    gathered.unshift(parsed.data);
    flush ??= setTimeout(() => {
      flush = undefined;
      listener.onAudits(gathered);
      gathered = [];
    }, 100);
  };

  const open = () => {
    listener.onState('connecting');
    source = new EventSource(`/api/audits/stream?${query}`);
    source.addEventListener('open', () => {
      listener.onState('live');
      listener.onGap();
    });
    source.addEventListener('audit', onAudit);
    source.addEventListener('missed', listener.onGap);
    source.addEventListener('error', () => {
      listener.onState('lost');
      // The browser reconnects after a broken connection, but not after an HTTP error.
      if (source.readyState !== EventSource.CLOSED) return;
      // Reading the list tells why: somebody who is signed out is led to sign in.
      listener.onGap();
      retry = setTimeout(open, 5000);
    });
  };

  open();
  return () => {
    clearTimeout(retry);
    clearTimeout(flush);
    source.close();
  };
}
