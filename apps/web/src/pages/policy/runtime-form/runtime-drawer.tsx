import { OnError, type Policy, RuntimeRule } from '@ringfence/policy/schema';
import { useMemo, useState } from 'react';
import { checkRule } from '../check-rule.ts';
import { Choice } from '../choice.tsx';
import { FormSection } from '../form-section.tsx';
import { ListField } from '../list-field.tsx';
import { RuleDrawer } from '../rule-drawer.tsx';
import type { Editing } from '../rule-list.tsx';
import { FilesFields } from './files-fields.tsx';
import { LearnFields } from './learn-fields.tsx';
import { NetworkFields } from './network-fields.tsx';
import { ProcessFields } from './process-fields.tsx';
import { type RuleForm, readForm, startForm } from './rule-form.ts';

type Props = Editing<RuntimeRule> & { policy: Policy; editable: boolean };

const onErrorWords: Record<OnError, { label: string; what: string }> = {
  closed: { label: 'Closed', what: 'Refuse to start' },
  open: { label: 'Open', what: 'Start unguarded, and say so' },
};

/** The form of one runtime rule. */
export function RuntimeDrawer({ policy, index, editable, onSave, onClose }: Props) {
  const original = index === undefined ? undefined : policy.runtime.rules[index];
  // A new rule's values are the schema's own defaults.
  const [form, setForm] = useState(() =>
    startForm(original ?? { ...RuntimeRule.parse({ name: 'new' }), name: '' }),
  );
  const check = useMemo(() => checkRule(policy, 'runtime', index, readForm(form)), [policy, index, form]);
  const set = (part: Partial<RuleForm>) => setForm((before) => ({ ...before, ...part }));
  const learns = [form.process, form.network, form.files].some(({ effect }) => effect === 'learn');
  return (
    <RuleDrawer
      policy={policy}
      original={original}
      editable={editable}
      namePlaceholder="Document converters"
      form={form}
      check={check}
      onForm={set}
      onSave={onSave}
      onClose={onClose}
    >
      <ProcessFields form={form.process} check={check} onChange={(process) => set({ process })} />
      <NetworkFields form={form.network} check={check} onChange={(network) => set({ network })} />
      <FilesFields form={form.files} check={check} onChange={(files) => set({ files })} />
      <FormSection title="Secrets">
        <ListField
          label="Hidden variables, one on each line"
          hint={RuntimeRule.shape.secrets.description}
          text={form.secrets}
          onChange={(secrets) => set({ secrets })}
          errors={check.lineErrors(form.secrets, 'secrets')}
          error={check.error('secrets')}
          placeholder={'DB_PASSWORD\n*_TOKEN'}
        />
      </FormSection>
      {(learns || check.rule.learn) && (
        <LearnFields form={form.learn} check={check} onChange={(learn) => set({ learn })} />
      )}
      <div className="border-t border-line pt-4">
        <Choice
          label="Where the guard cannot be put up"
          hint={OnError.description}
          value={form.onError}
          options={OnError.options.toReversed().map((value) => ({ value, ...onErrorWords[value] }))}
          onChange={(onError) => set({ onError })}
        />
      </div>
    </RuleDrawer>
  );
}
