import { Collection, type DIMENSIONS, type Policy } from '@ringfence/policy/schema';
import { useMemo, useState } from 'react';
import { Field } from '../../ui/field.tsx';
import { type CollectionForm, checkCollection } from './check-collection.ts';
import { DraftDrawer } from './draft-drawer.tsx';
import { LineEditor } from './line-editor.tsx';
import { MatchedFunctions } from './matched-functions.tsx';

type Props = {
  policy: Policy;
  index: number | undefined;
  editable: boolean;
  onSave: (collection: Collection) => void;
  onClose: () => void;
};

const labels = {
  functions: 'Function names',
  regions: 'Regions',
  accounts: 'Accounts',
  runtimes: 'Runtimes',
} as const;
const order = [
  'functions',
  'regions',
  'accounts',
  'runtimes',
] as const satisfies (typeof DIMENSIONS)[number]['list'][];

function startForm(collection: Collection | undefined): CollectionForm {
  const text = (list: (typeof order)[number]) =>
    !collection || collection[list].join() === '*' ? '' : collection[list].join('\n');
  return {
    name: collection?.name ?? '',
    functions: text('functions'),
    regions: text('regions'),
    accounts: text('accounts'),
    runtimes: text('runtimes'),
  };
}

/** The form of one collection, with the known functions that it would hold. */
export function CollectionDrawer({ policy, index, editable, onSave, onClose }: Props) {
  const original = index === undefined ? undefined : policy.collections[index];
  const [form, setForm] = useState(() => startForm(original));
  const check = useMemo(() => checkCollection(policy, index, form), [policy, index, form]);
  const set = (part: Partial<CollectionForm>) => setForm((before) => ({ ...before, ...part }));
  return (
    <DraftDrawer
      what="Collection"
      original={original}
      editable={editable}
      name={form.name}
      nameHint={Collection.shape.name.description}
      namePlaceholder="Payments in Europe"
      nameError={check.name}
      onName={(name) => set({ name })}
      isValid={check.ok}
      onApply={() => onSave(check.collection)}
      onClose={onClose}
    >
      <p className="text-[13px] text-muted">
        {Collection.description} One pattern on each line: * stands for any characters, ? for one; an empty
        list matches everything.
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        {order.map((list) => (
          <Field key={list} label={labels[list]}>
            {(control) => (
              <LineEditor
                id={control.id}
                text={form[list]}
                onChange={(text) => set({ [list]: text })}
                errors={check.lines[list]}
                placeholder="*"
              />
            )}
          </Field>
        ))}
      </div>
      <MatchedFunctions collection={check.collection} />
    </DraftDrawer>
  );
}
