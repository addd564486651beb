import { OnError, type Policy, RuntimeRule } from '@ringfence/policy/schema';
import { useMemo, useState } from 'react';
import { Field } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Choice } from '../choice.tsx';
import { CollectionPicker } from '../collection-picker.tsx';
import { DraftDrawer } from '../draft-drawer.tsx';
import { LintNotice } from '../lint-notice.tsx';
import { checkRule } from './check-rule.ts';
import { FilesFields } from './files-fields.tsx';
import { LearnFields } from './learn-fields.tsx';
import { ListField } from './list-field.tsx';
import { NetworkFields } from './network-fields.tsx';
import { ProcessFields } from './process-fields.tsx';
import { type RuleForm, startForm } from './rule-form.ts';

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

/** The form of one rule. */
export function RuleDrawer({ policy, index, editable, onSave, onClose }: Props) {
  const original = index === undefined ? undefined : policy.runtime.rules[index];
  // A new rule's values are the schema's own defaults.
  const [form, setForm] = useState(() =>
    startForm(original ?? { ...RuntimeRule.parse({ name: 'new' }), name: '' }),
  );
  const [tried, setTried] = useState(false);
  const check = useMemo(() => checkRule(policy, index, form), [policy, index, form]);
  const set = (part: Partial<RuleForm>) => setForm((before) => ({ ...before, ...part }));
  const learns = [form.process, form.network, form.files].some(({ effect }) => effect === 'learn');
  const whole = check.error();
  return (
    <DraftDrawer
      what="Rule"
      original={original}
      editable={editable}
      isRefused={tried && !check.ok}
      onApply={() => {
        setTried(true);
        if (check.ok) onSave(check.rule);
      }}
      onClose={onClose}
    >
      <Field label="Name" error={tried || form.name !== '' ? check.error('name') : undefined}>
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
        error={check.error('collections')}
      />
      <LintNotice warnings={check.warnings} />
      {whole && <Notice tone="danger">The rule {whole}.</Notice>}
      <ProcessFields form={form.process} check={check} onChange={(process) => set({ process })} />
      <NetworkFields form={form.network} check={check} onChange={(network) => set({ network })} />
      <FilesFields form={form.files} check={check} onChange={(files) => set({ files })} />
      <section aria-label="Secrets" className="flex flex-col gap-4 border-t border-line pt-4">
        <h3 className="text-[15px] font-semibold">Secrets</h3>
        <ListField
          label="Hidden variables, one on each line"
          hint={RuntimeRule.shape.secrets.description}
          text={form.secrets}
          onChange={(secrets) => set({ secrets })}
          errors={check.lineErrors(form.secrets, 'secrets')}
          error={check.error('secrets')}
          placeholder={'DB_PASSWORD\n*_TOKEN'}
        />
      </section>
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
    </DraftDrawer>
  );
}
