import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFns,
  tableFeatures,
} from '@tanstack/react-table';
import type { Defender } from '../../api/defenders.ts';
import { Badge } from '../../ui/badge.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { describeCoverage } from './coverage-words.ts';
import { PolicyState } from './policy-state.tsx';

export const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel(), sortFns });

const helper = createColumnHelper<typeof features, Defender>();
const none = <span className="text-muted">–</span>;

/** The columns of the table, for the revision that is stored now. */
export const makeColumns = (currentRevision: number) =>
  helper.columns([
    helper.accessor((row) => row.function.name, {
      id: 'function',
      header: 'Function',
      cell: ({ row: { original } }) => (
        <>
          <span className="block font-medium [overflow-wrap:anywhere]">{original.function.name}</span>
          <span className="text-xs text-muted">
            {original.function.region}, {original.function.account}
          </span>
        </>
      ),
    }),
    helper.accessor((row) => row.function.runtime, {
      id: 'runtime',
      header: 'Runtime',
      cell: ({ row: { original } }) => (
        <>
          <span className="block">{original.function.runtime}</span>
          <span className="text-xs text-muted">{original.function.arch}</span>
        </>
      ),
    }),
    helper.accessor((row) => describeCoverage(row).label, {
      id: 'coverage',
      header: 'Coverage',
      cell: ({ row: { original } }) => {
        const { label, tone, what } = describeCoverage(original);
        return (
          <span title={what} className="flex">
            <Badge tone={tone}>{label}</Badge>
          </span>
        );
      },
    }),
    helper.accessor((row) => row.defenderVersion ?? '', {
      id: 'version',
      header: 'Defender',
      cell: ({ getValue }) => getValue() || none,
    }),
    helper.accessor((row) => row.policyRevision ?? -1, {
      id: 'policy',
      header: 'Policy',
      cell: ({ row: { original } }) => (
        <PolicyState revision={original.policyRevision} current={currentRevision} />
      ),
    }),
    helper.accessor('instances', { header: 'Instances', cell: ({ getValue }) => getValue() }),
    helper.accessor((row) => row.lastSeen ?? '', {
      id: 'lastSeen',
      header: 'Last seen',
      cell: ({ getValue }) =>
        getValue() ? <TimeText value={getValue()} as="ago" /> : <span className="text-muted">never</span>,
    }),
  ]);
