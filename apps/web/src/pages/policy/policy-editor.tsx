import { lintPolicy } from '@ringfence/policy/schema';
import { getRouteApi } from '@tanstack/react-router';
import { Tabs } from 'radix-ui';
import { useMemo } from 'react';
import type { PolicyDocument } from '../../api/policy.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { CollectionsTab } from './collections-tab.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { ExplainTab } from './explain-tab.tsx';
import { HistoryTab } from './history-tab.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { RuntimeRulesTab } from './runtime-rules-tab.tsx';
import { SaveBar } from './save-bar.tsx';
import { SettingsTab } from './settings-tab.tsx';
import { useDraft } from './use-draft.ts';
import { WaasRulesTab } from './waas-rules-tab.tsx';
import { YamlTab } from './yaml-tab.tsx';

const route = getRouteApi('/signed-in/policy');

const views = {
  rules: 'Runtime rules',
  waas: 'WAAS rules',
  collections: 'Collections',
  explain: 'Explain',
  settings: 'Delivery',
  yaml: 'YAML',
  history: 'History',
} as const;
export type PolicyView = keyof typeof views;

/** All about the policy, over one draft that is saved as a whole. */
export function PolicyEditor({ stored, editable }: { stored: PolicyDocument; editable: boolean }) {
  const draft = useDraft(stored);
  const { view = 'rules' } = route.useSearch();
  const navigate = route.useNavigate();
  const warnings = useMemo(() => lintPolicy(draft.draft), [draft.draft]);
  const policy = draft.draft;
  const ofWaas = warnings.filter(({ path }) => path[0] === 'waas');
  const others = warnings.filter(({ path }) => path[0] !== 'waas');
  const counts: Partial<Record<PolicyView, number>> = {
    rules: policy.runtime.rules.length,
    waas: policy.waas.rules.length,
    collections: policy.collections.length,
  };
  const go = (next: string) =>
    navigate({ search: (before) => ({ ...before, view: next as PolicyView }), resetScroll: false });
  return (
    <>
      <PageHeader
        title="Policy"
        lead={`Revision ${draft.base.revision}. Rules are tried in order; the first that matches a function decides.`}
      />
      <Tabs.Root value={view} onValueChange={go}>
        <Tabs.List
          aria-label="Parts of the policy"
          className="-mx-3 mb-4 flex overflow-x-auto border-b border-line px-3 sm:mx-0 sm:px-0"
        >
          {Object.entries(views).map(([key, label]) => (
            <Tabs.Trigger
              key={key}
              value={key}
              className="-mb-px flex items-center gap-1.5 whitespace-nowrap border-b-2 border-transparent px-3 py-2 font-medium text-muted hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
            >
              {label}
              {counts[key as PolicyView] !== undefined && (
                <span className="rounded-full bg-raised px-1.5 text-xs tabular-nums text-muted">
                  {counts[key as PolicyView]}
                </span>
              )}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value="rules" tabIndex={-1}>
          <RuntimeRulesTab policy={policy} warnings={others} editable={editable} onChange={draft.update} />
        </Tabs.Content>
        <Tabs.Content value="waas" tabIndex={-1}>
          <WaasRulesTab policy={policy} warnings={ofWaas} editable={editable} onChange={draft.update} />
        </Tabs.Content>
        <Tabs.Content value="collections" tabIndex={-1}>
          <CollectionsTab policy={policy} editable={editable} onChange={draft.update} />
        </Tabs.Content>
        <Tabs.Content value="explain" tabIndex={-1}>
          <ExplainTab policy={policy} changed={draft.changes.length > 0} />
        </Tabs.Content>
        <Tabs.Content value="settings" tabIndex={-1}>
          <SettingsTab policy={policy} editable={editable} onChange={draft.update} />
        </Tabs.Content>
        <Tabs.Content value="yaml" tabIndex={-1}>
          <YamlTab policy={policy} changed={draft.changes.length > 0} />
        </Tabs.Content>
        <Tabs.Content value="history" tabIndex={-1}>
          <HistoryTab current={stored.revision} />
        </Tabs.Content>
      </Tabs.Root>
      <SaveBar draft={draft} newer={stored.revision > draft.base.revision ? stored.revision : undefined} />
      {draft.conflict && <ConflictDialog draft={draft} />}
      <LeaveGuard active={draft.changes.length > 0} />
    </>
  );
}
