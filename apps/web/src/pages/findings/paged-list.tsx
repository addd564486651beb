import { type InfiniteData, type UseInfiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import type { FindingCounts } from '../../api/findings.ts';
import { Button } from '../../ui/button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

type Page<Item> = { items: Item[]; next: number | null; counts: FindingCounts };

type Props<Item> = {
  label: string;
  query: UseInfiniteQueryOptions<Page<Item>, Error, InfiniteData<Page<Item>>, string[], number>;
  keyOf: (item: Item) => string;
  row: (item: Item) => ReactNode;
  empty: ReactNode;
};

/** A list that comes page by page. */
export function PagedList<Item>({ label, query, keyOf, row, empty }: Props<Item>) {
  const pages = useInfiniteQuery(query);
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  if (pages.error) return <ProblemNotice error={pages.error} onRetry={() => pages.refetch()} />;
  if (pages.isPending) return <Loading label="Loading findings" />;
  if (items.length === 0) return empty;
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <ul aria-label={label}>
        {items.map((item) => (
          <Fragment key={keyOf(item)}>{row(item)}</Fragment>
        ))}
      </ul>
      {pages.hasNextPage && (
        <div className="flex justify-center border-t border-line p-3">
          <Button small busy={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
            {pages.isFetchingNextPage ? 'Loading…' : 'Load more'}
          </Button>
        </div>
      )}
    </div>
  );
}
