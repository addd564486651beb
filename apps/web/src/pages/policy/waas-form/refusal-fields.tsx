import { WaasRule } from '@ringfence/policy/schema';
import { TextField } from '../../../ui/text-field.tsx';
import type { RuleCheck } from '../check-rule.ts';
import { Choice } from '../choice.tsx';
import { FormSection } from '../form-section.tsx';
import type { WaasForm } from './waas-form.ts';

type Props = { form: WaasForm; check: RuleCheck; onChange: (part: Partial<WaasForm>) => void };

const recordWords = {
  retry: { label: 'Retry', what: 'They fail, and come again or go to the dead-letter queue' },
  drop: { label: 'Drop', what: 'They are taken out' },
};

/** What is answered for a refused event, and what else follows. */
export function RefusalFields({ form, check, onChange }: Props) {
  const field = (key: keyof WaasForm['response'], label: string) => (
    <TextField
      label={label}
      error={check.error('response', key)}
      value={form.response[key]}
      onChange={(value) => onChange({ response: { ...form.response, [key]: value } })}
      code
    />
  );
  return (
    <FormSection title="When an event is refused" label="Refusal">
      <div className="grid gap-4 sm:grid-cols-[8rem_minmax(0,1fr)]">
        {field('status', 'HTTP status')}
        {field('type', 'Content type')}
      </div>
      {field('body', 'Body')}
      <Choice
        label="Refused records of queues and streams"
        value={form.records}
        options={(['retry', 'drop'] as const).map((value) => ({ value, ...recordWords[value] }))}
        onChange={(records) => onChange({ records })}
      />
      <TextField
        label="A ban lasts, in minutes"
        hint={WaasRule.shape.banMinutes.description}
        error={check.error('banMinutes')}
        value={form.banMinutes}
        onChange={(banMinutes) => onChange({ banMinutes })}
        numeric
      />
    </FormSection>
  );
}
