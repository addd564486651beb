import { useTable } from '@tanstack/react-table';
import { useMemo } from 'react';
import type { Defender } from '../../api/defenders.ts';
import { features, makeColumns } from './defender-columns.tsx';

type Props = { items: Defender[]; currentRevision: number; onOpen: (id: string) => void };

const arrows = { asc: ' ↑', desc: ' ↓' } as const;
const sortWords = { asc: 'ascending', desc: 'descending' } as const;

/** The functions as a table that can be sorted; on small screens each row becomes a card. */
export function DefendersTable({ items, currentRevision, onOpen }: Props) {
  const columns = useMemo(() => makeColumns(currentRevision), [currentRevision]);
  const table = useTable({ features, columns, data: items });
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <table className="block w-full lg:table">
        <thead className="hidden lg:table-header-group">
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const sorted = header.column.getIsSorted();
                return (
                  <th
                    key={header.id}
                    scope="col"
                    aria-sort={sorted ? sortWords[sorted] : undefined}
                    className="border-b border-line px-4 py-2 text-left text-xs font-medium uppercase tracking-wide text-muted"
                  >
                    <button
                      type="button"
                      onClick={header.column.getToggleSortingHandler()}
                      className="uppercase hover:text-ink"
                    >
                      <table.FlexRender header={header} />
                      {sorted && arrows[sorted]}
                    </button>
                  </th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody className="block lg:table-row-group">
          {table.getRowModel().rows.map((row) => (
            <tr
              key={row.id}
              className="relative grid grid-cols-2 gap-x-4 gap-y-1 border-t border-line px-4 py-3 first:border-t-0 hover:bg-raised lg:table-row lg:p-0"
            >
              {row.getAllCells().map((cell, position) => (
                <td
                  key={cell.id}
                  className="align-top first:col-span-2 lg:border-t lg:border-line lg:px-4 lg:py-2.5"
                >
                  {position > 0 && (
                    <span className="block text-xs text-muted lg:hidden">
                      {String(cell.column.columnDef.header)}
                    </span>
                  )}
                  {position === 0 ? (
                    <button
                      type="button"
                      onClick={() => onOpen(row.original.functionId)}
                      className="text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
                    >
                      <table.FlexRender cell={cell} />
                    </button>
                  ) : (
                    <table.FlexRender cell={cell} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
