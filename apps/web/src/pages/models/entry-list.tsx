import type { ModelEntry, ModelKind } from '@ringfence/audit';
import { useState } from 'react';
import { TimeText } from '../../ui/time-text.tsx';
import { isoTime } from './iso-time.ts';
import { KINDS } from './model-words.ts';

/** Rows of one kind that are shown before somebody filters. */
const SHOWN = 200;

const titleOf = ({ value, port, arguments: patterns }: ModelEntry) =>
  [port === undefined ? value : `${value}:${port}`, ...(patterns ?? [])].join(' ');

/** What was used, by kind, with how often and when. */
export function EntryList({ entries }: { entries: ModelEntry[] }) {
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const found = entries.filter((entry) => titleOf(entry).toLowerCase().includes(wanted));
  return (
    <div className="flex flex-col gap-4">
      <input
        type="search"
        aria-label="Filter what was used"
        placeholder="Filter by path, name, address…"
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="control"
      />
      {found.length === 0 && <p className="text-muted">Nothing matches “{text}”.</p>}
      {(Object.keys(KINDS) as ModelKind[]).map((kind) => (
        <EntryTable key={kind} kind={kind} entries={found.filter((entry) => entry.kind === kind)} />
      ))}
    </div>
  );
}

function EntryTable({ kind, entries }: { kind: ModelKind; entries: ModelEntry[] }) {
  if (entries.length === 0) return null;
  return (
    <table className="w-full text-[13px]">
      <caption className="pb-1 text-left text-xs font-semibold uppercase tracking-wide text-muted">
        {KINDS[kind]} ({entries.length})
      </caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">What</th>
          <th scope="col">Times</th>
          <th scope="col">First</th>
          <th scope="col">Last</th>
        </tr>
      </thead>
      <tbody>
        {entries.slice(0, SHOWN).map((entry) => (
          <tr key={titleOf(entry)} className="border-t border-line">
            <td className="w-full py-1 pr-3 font-mono text-[12.5px] [overflow-wrap:anywhere]">
              {titleOf(entry)}
            </td>
            <td className="py-1 text-right tabular-nums">{entry.count}</td>
            <td className="hidden whitespace-nowrap py-1 pl-4 text-muted sm:table-cell">
              <TimeText value={isoTime(entry.first)} as="ago" />
            </td>
            <td className="whitespace-nowrap py-1 pl-4 text-muted">
              <TimeText value={isoTime(entry.last)} as="ago" />
            </td>
          </tr>
        ))}
      </tbody>
      {entries.length > SHOWN && (
        <tfoot>
          <tr>
            <td colSpan={4} className="py-1 text-muted">
              and {entries.length - SHOWN} more; filter to see them
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}
