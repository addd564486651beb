import {
  ALL_COLLECTION,
  Effect,
  OnError,
  type Policy,
  ProcessSettings,
  RuntimeRule,
} from '@ringfence/policy/schema';
import { useMemo, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { Field } from '../../ui/field.tsx';
import { checkRule, type RuleForm } from './check-rule.ts';
import { Choice } from './choice.tsx';
import { CollectionPicker } from './collection-picker.tsx';
import { effectWords } from './effect-words.ts';
import { LineEditor } from './line-editor.tsx';
import { LintNotice } from './lint-notice.tsx';
import { formatEntry } from './process-lines.ts';

type Props = {
  policy: Policy;
  /** Place of the rule; undefined for a new one. */
  index: number | undefined;
  editable: boolean;
  onSave: (rule: RuntimeRule) => void;
  onClose: () => void;
};

const onErrorWords: Record<OnError, { label: string; what: string }> = {
  closed: { label: 'Closed', what: 'Refuse to start' },
  open: { label: 'Open', what: 'Start unguarded, and say so' },
};

function startForm(rule: RuntimeRule | undefined): RuleForm {
  // A new rule's values are the schema's own defaults.
  const { process, ...rest } = rule ?? { ...RuntimeRule.parse({ name: 'new' }), name: '' };
  return {
    ...rest,
    collections: rest.collections ?? [ALL_COLLECTION],
    effect: process.effect,
    miners: process.miners,
    allow: process.allow.map(formatEntry).join('\n'),
  };
}

/** The form of one rule; it changes the draft, which is saved with the whole policy. */
export function RuleDrawer({ policy, index, editable, onSave, onClose }: Props) {
  const original = index === undefined ? undefined : policy.runtime.rules[index];
  const [form, setForm] = useState(() => startForm(original));
  const [tried, setTried] = useState(false);
  const check = useMemo(() => checkRule(policy, index, form), [policy, index, form]);
  const set = (part: Partial<RuleForm>) => setForm((before) => ({ ...before, ...part }));
  const nameError = tried || form.name !== '' ? check.errors.name : undefined;
  return (
    <Drawer
      wide
      title={original ? `Rule “${original.name}”` : 'New rule'}
      onClose={onClose}
      footer={
        editable && (
          <>
            <p className="mr-auto hidden text-[13px] text-muted sm:block">
              Takes effect when the policy is saved.
            </p>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              look="primary"
              onClick={() => {
                setTried(true);
                if (check.ok) onSave(check.rule);
              }}
            >
              {original ? 'Apply' : 'Add rule'}
            </Button>
          </>
        )
      }
    >
      <fieldset disabled={!editable} className="flex flex-col gap-5">
        <Field label="Name" error={nameError}>
          {(control) => (
            <input
              {...control}
              value={form.name}
              onChange={(event) => set({ name: event.target.value })}
              placeholder="Document converters"
              className="control"
            />
          )}
        </Field>
        <CollectionPicker
          policy={policy}
          chosen={form.collections}
          onChange={(collections) => set({ collections })}
          error={check.errors.collections}
        />
        <Choice
          label="When a process starts that is not allowed"
          value={form.effect}
          options={Effect.options.toReversed().map((value) => ({ value, ...effectWords[value] }))}
          onChange={(effect) => set({ effect })}
        />
        <Field
          label="Allowed processes, one on each line"
          hint={ProcessSettings.shape.allow.description}
          error={check.errors.allow}
        >
          {(control) => (
            <LineEditor
              id={control.id}
              describedBy={control['aria-describedby']}
              text={form.allow}
              onChange={(allow) => set({ allow })}
              errors={check.lines}
              placeholder={'/usr/bin/gs\n/opt/bin/*'}
            />
          )}
        </Field>
        <LintNotice warnings={check.warnings} />
        <Choice
          label="Where the guard cannot be put up"
          hint={OnError.description}
          value={form.onError}
          options={OnError.options.toReversed().map((value) => ({ value, ...onErrorWords[value] }))}
          onChange={(onError) => set({ onError })}
        />
      </fieldset>
    </Drawer>
  );
}
