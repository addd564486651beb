import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { radarQuery } from '../../api/radar.ts';
import { useTheme } from '../../app/theme.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { Loading } from '../../ui/loading.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Segments } from '../../ui/segments.tsx';
import { TextFilter } from '../../ui/text-filter.tsx';
import { findNear } from './find-near.ts';
import { withoutRoles } from './lay-out.ts';
import { NoRadar } from './no-radar.tsx';
import { NodeDrawer } from './node-drawer.tsx';
import { RadarList } from './radar-list.tsx';
import { RadarMap } from './radar-map.tsx';
import type { RadarSearch } from './radar-search.ts';

const route = getRouteApi('/signed-in/radar');

/** What may reach what: triggers, functions and services, coloured by what is wrong. */
export function RadarPage() {
  const { view = 'map', project, q, node } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(radarQuery(project));
  const { data: all } = useQuery(radarQuery(undefined));
  const [theme] = useTheme();
  const searchBox = useRef<HTMLInputElement>(null);
  useShortcuts({ '/': () => searchBox.current?.focus() });
  const change = (part: Partial<RadarSearch>) =>
    navigate({ search: (before) => ({ ...before, ...part }), resetScroll: false });
  const open = useMemo(
    () => (id: string) => navigate({ search: (before) => ({ ...before, node: id }), resetScroll: false }),
    [navigate],
  );
  const graph = useMemo(() => data && withoutRoles(data.graph), [data]);
  const near = useMemo(() => graph && findNear(graph, q ?? ''), [graph, q]);
  const listed = useMemo(
    () => graph && { ...graph, nodes: graph.nodes.filter(({ id }) => !near || near.has(id)) },
    [graph, near],
  );
  const shown = data?.graph.nodes.find(({ id }) => id === node);
  const functions = graph?.nodes.filter(({ kind }) => kind === 'function').length ?? 0;
  const isUnused = data?.projects.length === 0 && project === undefined;
  return (
    <>
      <PageHeader
        title="Radar"
        lead={
          data &&
          !isUnused &&
          `${functions} functions in ${data.projects.length} ${data.projects.length === 1 ? 'project' : 'projects'}: what starts them, and what they reach`
        }
      >
        {!isUnused && (
          <Segments
            label="Show as"
            value={view}
            options={{ map: 'Map', list: 'List' }}
            onChange={(next) => change({ view: next })}
          />
        )}
      </PageHeader>
      {error && <ProblemNotice error={error} onRetry={() => refetch()} />}
      {!data && !error && <Loading label="Loading the Radar" />}
      {isUnused && <NoRadar />}
      {data && graph && listed && !isUnused && (
        <>
          <div className="mb-3 flex flex-wrap items-center gap-2">
            <TextFilter
              ref={searchBox}
              label="Search the Radar"
              placeholder="Function, table, queue…"
              value={q}
              onChange={(text) => change({ q: text })}
              className="sm:w-64!"
            />
            {all && all.projects.length > 1 && (
              <select
                aria-label="Project"
                value={project ?? ''}
                onChange={({ target }) => change({ project: target.value || undefined, node: undefined })}
                className="rounded-md border border-line-strong bg-surface px-2 py-1.5"
              >
                <option value="">All projects</option>
                {all.projects.map(({ functionId, project: { name, region } }) => (
                  <option key={functionId} value={functionId}>
                    {name} in {region}
                  </option>
                ))}
              </select>
            )}
          </div>
          {data.left > 0 && (
            <Notice tone="warn">{data.left} projects are not shown; choose one to see it.</Notice>
          )}
          {view === 'map' ? (
            <RadarMap graph={graph} bright={near} theme={theme} onOpen={open} />
          ) : (
            <RadarList graph={listed} onOpen={open} />
          )}
        </>
      )}
      {data && shown && (
        <NodeDrawer
          node={shown}
          graph={data.graph}
          project={shown.id.slice(0, shown.id.indexOf('/'))}
          onOpen={open}
          onClose={() => change({ node: undefined })}
        />
      )}
    </>
  );
}
