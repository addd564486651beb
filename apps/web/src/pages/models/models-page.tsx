import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { modelsQuery } from '../../api/models.ts';
import { Loading } from '../../ui/loading.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ModelDrawer } from './model-drawer.tsx';
import { ModelRow } from './model-row.tsx';
import { NoModels } from './no-models.tsx';

/** What functions have learned, and the rules that it makes. */
export function ModelsPage() {
  const { data, error, refetch } = useQuery(modelsQuery);
  const [openId, setOpenId] = useState<string>();
  const items = data?.items ?? [];
  const open = items.find((item) => item.functionId === openId);
  const learning = items.filter(({ state }) => state === 'learning').length;
  return (
    <>
      <PageHeader
        title="Models"
        lead={
          items.length > 0 &&
          `${items.length} ${items.length === 1 ? 'function' : 'functions'}, ${learning} learning. A model is what a function uses; a rule can be made of it.`
        }
      />
      {error && <ProblemNotice error={error} onRetry={() => refetch()} />}
      {!data && !error && <Loading label="Loading models" />}
      {data && items.length === 0 && <NoModels />}
      {items.length > 0 && (
        <ul
          aria-label="Functions that learn"
          className="overflow-hidden rounded-lg border border-line bg-surface"
        >
          {items.map((model) => (
            <ModelRow key={model.functionId} model={model} onOpen={() => setOpenId(model.functionId)} />
          ))}
        </ul>
      )}
      {open && <ModelDrawer summary={open} onClose={() => setOpenId(undefined)} />}
    </>
  );
}
