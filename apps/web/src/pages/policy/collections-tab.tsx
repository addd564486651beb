import { DIMENSIONS, type Policy } from '@ringfence/policy/schema';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { putCollection } from './check-collection.ts';
import { CollectionDrawer } from './collection-drawer.tsx';

type Props = { policy: Policy; editable: boolean; onChange: (edit: (policy: Policy) => Policy) => void };

/** The collections that rules refer to. */
export function CollectionsTab({ policy, editable, onChange }: Props) {
  const [editing, setEditing] = useState<{ index: number } | 'new'>();
  const [deleting, setDeleting] = useState<string>();
  const usersOf = (name: string) =>
    [...policy.runtime.rules, ...policy.waas.rules]
      .filter((rule) => rule.collections.includes(name))
      .map((rule) => rule.name);
  const newButton = editable && (
    <Button look="primary" icon="plus" onClick={() => setEditing('new')}>
      New collection
    </Button>
  );
  return (
    <div className="flex flex-col gap-3">
      {policy.collections.length === 0 ? (
        <EmptyState icon="filter" title="No collections yet">
          <p>
            A collection names a group of functions by patterns for name, region, account and runtime, so that
            a rule can apply to just those. The collection All is built in.
          </p>
          {newButton}
        </EmptyState>
      ) : (
        <>
          <div className="flex justify-end">{newButton}</div>
          <ul aria-label="Collections" className="overflow-hidden rounded-lg border border-line bg-surface">
            {policy.collections.map((collection, index) => {
              const users = usersOf(collection.name);
              return (
                <li
                  key={collection.name}
                  className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-4 py-2.5 first:border-t-0"
                >
                  <span className="min-w-0 flex-1 basis-64">
                    <button
                      type="button"
                      onClick={() => setEditing({ index })}
                      className="font-medium hover:text-accent hover:underline hover:underline-offset-2"
                    >
                      {collection.name}
                    </button>
                    <span className="block text-[13px] text-muted [overflow-wrap:anywhere]">
                      {DIMENSIONS.filter(({ list }) => !collection[list].includes('*'))
                        .map(({ list }) => `${list}: ${collection[list].join(', ')}`)
                        .join(' · ') || 'everything'}
                    </span>
                  </span>
                  <span className="text-[13px] text-muted">
                    {users.length === 0 ? 'not used' : `used by ${users.join(', ')}`}
                  </span>
                  {editable && (
                    <span className="flex">
                      <IconButton
                        icon="edit"
                        label={`Edit collection ${collection.name}`}
                        onClick={() => setEditing({ index })}
                      />
                      <IconButton
                        icon="trash"
                        label={
                          users.length > 0
                            ? 'Rules use this collection; take it out of them first'
                            : `Delete collection ${collection.name}`
                        }
                        disabled={users.length > 0}
                        onClick={() => setDeleting(collection.name)}
                      />
                    </span>
                  )}
                </li>
              );
            })}
          </ul>
        </>
      )}
      {editing && (
        <CollectionDrawer
          policy={policy}
          index={editing === 'new' ? undefined : editing.index}
          editable={editable}
          onClose={() => setEditing(undefined)}
          onSave={(collection) => {
            onChange((before) =>
              putCollection(before, editing === 'new' ? undefined : editing.index, collection),
            );
            setEditing(undefined);
          }}
        />
      )}
      {deleting !== undefined && (
        <Confirm
          title={`Delete collection “${deleting}”?`}
          action="Delete collection"
          onClose={() => setDeleting(undefined)}
          onConfirm={() =>
            onChange((before) => ({
              ...before,
              collections: before.collections.filter(({ name }) => name !== deleting),
            }))
          }
        >
          No rule uses it. It goes when you save the policy.
        </Confirm>
      )}
    </div>
  );
}
