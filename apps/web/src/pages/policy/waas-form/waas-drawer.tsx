import { type Policy, Sources, type WaasException, WaasRule } from '@ringfence/policy/schema';
import { useMemo, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { checkRule } from '../check-rule.ts';
import { Choice } from '../choice.tsx';
import { FormSection } from '../form-section.tsx';
import { ListField } from '../list-field.tsx';
import { RuleDrawer } from '../rule-drawer.tsx';
import type { Editing } from '../rule-list.tsx';
import { ExceptionFields } from './exception-fields.tsx';
import { PatternFields } from './pattern-fields.tsx';
import { ProtectionFields } from './protection-fields.tsx';
import { RefusalFields } from './refusal-fields.tsx';
import { ShapeFields } from './shape-fields.tsx';
import { readForm, startException, startForm, type WaasForm } from './waas-form.ts';

type Props = Editing<WaasRule> & {
  policy: Policy;
  editable: boolean;
  /** An exception to begin with. */
  exception: WaasException | undefined;
};

const sourceLists = [
  { key: 'allow', label: 'Trusted, one on each line', placeholder: '10.0.0.0/8' },
  { key: 'deny', label: 'Refused, one on each line', placeholder: '192.0.2.0/24' },
] as const;

const onErrorWords = {
  open: { label: 'Open', what: 'The function gets it' },
  closed: { label: 'Closed', what: 'It is refused' },
};

/** The form of one WAAS rule. */
export function WaasDrawer({ policy, index, editable, exception, onSave, onClose }: Props) {
  const original = index === undefined ? undefined : policy.waas.rules[index];
  const [form, setForm] = useState(() => {
    // A new rule's values are the schema's own defaults.
    const begun = startForm(original ?? { ...WaasRule.parse({ name: 'new' }), name: '' });
    return exception ? { ...begun, exceptions: [...begun.exceptions, startException(exception)] } : begun;
  });
  const check = useMemo(() => checkRule(policy, 'waas', index, readForm(form)), [policy, index, form]);
  const set = (part: Partial<WaasForm>) => setForm((before) => ({ ...before, ...part }));
  const { exceptions, sources } = form;
  return (
    <RuleDrawer
      policy={policy}
      original={original}
      editable={editable}
      namePlaceholder="Public APIs"
      form={form}
      check={check}
      onForm={set}
      onSave={onSave}
      onClose={onClose}
    >
      <ProtectionFields form={form} check={check} onChange={set} />
      <FormSection title="Exceptions">
        {exceptions.map((each, place) => (
          <ExceptionFields
            // biome-ignore lint/suspicious/noArrayIndexKey: an exception has nothing else that stays the same
            key={place}
            exception={each}
            place={place}
            check={check}
            onChange={(changed) => set({ exceptions: exceptions.with(place, changed) })}
            onDelete={() => set({ exceptions: exceptions.toSpliced(place, 1) })}
          />
        ))}
        <div>
          <Button
            small
            icon="plus"
            onClick={() => set({ exceptions: [...exceptions, startException({ field: '' })] })}
          >
            Add exception
          </Button>
        </div>
      </FormSection>
      <PatternFields patterns={form.patterns} check={check} onChange={(patterns) => set({ patterns })} />
      <ShapeFields shapes={form.shapes} check={check} onChange={(shapes) => set({ shapes })} />
      <FormSection title="Sources">
        <div className="grid gap-4 sm:grid-cols-2">
          {sourceLists.map(({ key, label, placeholder }) => (
            <ListField
              key={key}
              label={label}
              hint={Sources.shape[key].description}
              text={sources[key]}
              onChange={(text) => set({ sources: { ...sources, [key]: text } })}
              errors={check.lineErrors(sources[key], 'sources', key)}
              error={check.error('sources', key)}
              placeholder={placeholder}
            />
          ))}
        </div>
      </FormSection>
      <RefusalFields form={form} check={check} onChange={set} />
      <div className="border-t border-line pt-4">
        <Choice
          label="An event that could not be judged fully"
          value={form.onError}
          options={(['open', 'closed'] as const).map((value) => ({ value, ...onErrorWords[value] }))}
          onChange={(onError) => set({ onError })}
        />
      </div>
    </RuleDrawer>
  );
}
